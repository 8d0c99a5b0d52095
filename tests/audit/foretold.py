"""What the audit says of a configuration, and what a real httpd then does."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.audit.sites import PROGRAM, Site, site
from tests.audit.verdicts import runs, verdicts

SCRIPT = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\necho $((6 * 7))\n"
LUA = "function handle(r)\n r.content_type = 'text/plain'\n r:puts(6 * 7)\n"
LUA += " return apache2.OK\nend\n"
PAGE = '<!--#exec cmd="expr 6 \\* 7" -->\n'
# What its own text does not have: a file that is shown has not run.
_LINE = re.compile(rb"^(#!)?42$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A configuration, an attack, and what comes of it."""

    config: str
    files: Mapping[str, str] = field(default_factory=lambda: {"docs/x.cgi": SCRIPT})
    url: str = "/x.cgi"
    modules: tuple[str, ...] = ()
    standing: Mapping[str, str] = field(default_factory=dict)
    """The files that the audit sees: part of the configuration."""
    links: Mapping[str, str] = field(default_factory=dict)
    """The symbolic links that the audit sees, with what they lead to."""
    runs: bool


def foretold(case: Case) -> tuple[bool, bool, bool]:
    """Return whether planted code runs, and whether the audit says so.

    It is asked twice: with httpd's dump of the configuration, and without.
    """
    with site() as place:
        _prepare(place, case)
        by_httpd = runs(verdicts(place.config, PROGRAM))
        by_files = runs(verdicts(place.config))
        place.plant(_placed(place, case.files))
        with place.running():
            happened = bool(_LINE.search(place.get(case.url)))
    return happened, by_httpd, by_files


def _prepare(place: Site, case: Case) -> None:
    for name in ("other", "more"):
        (place.folder / name).mkdir()
    for name, target in case.links.items():
        (place.folder / name).symlink_to(place.folder / target)
    place.plant(_placed(place, case.standing))
    place.write(case.config, case.modules)


def _placed(place: Site, files: Mapping[str, str]) -> dict[str, str]:
    return {name: text.replace("@", str(place.folder)) for name, text in files.items()}
