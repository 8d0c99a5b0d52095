"""What an rsync URL may name."""

import re

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.plain import plain
from mirrorsel.net.target import Target

_PORT = 873
# What the server would take for more than one name.
_PATTERN = re.compile(rb"[*?\[\]\\]")


def file_of(url: str) -> Target:
    """Return a URL as a file of a module.

    Raises:
        FetchError: it names none (PROTOCOL).

    """
    return _checked(Target.of(url, "rsync", _PORT), inner=True)


def folder_of(url: str) -> Target:
    """Return a URL as a module, or a folder of one, its path ending in a slash.

    Raises:
        FetchError: it names none (PROTOCOL).

    """
    return _checked(Target.of(url, "rsync", _PORT), inner=False)


def _checked(target: Target, *, inner: bool) -> Target:
    module, slash, path = target.path.partition(b"/")
    if not module or not slash or (inner and not path):
        problem = "no path of a module"
    elif module.startswith(b"-") or path.startswith(b"-"):
        # Daemons take it for one of their options.
        problem = "a name that begins with `-`"
    elif _PATTERN.search(target.path):
        problem = "a character that rsync takes for a pattern"
    elif b".." in target.path.split(b"/"):
        problem = "a segment `..`"
    else:
        return target
    detail = f"{problem}: {plain(target.path.decode(errors='replace'))}"
    raise FetchError(Outcome.PROTOCOL, detail)
