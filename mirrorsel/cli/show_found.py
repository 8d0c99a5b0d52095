"""All that is known of one mirror."""

from dataclasses import dataclass
from datetime import datetime

from mirrorsel.cli.chosen import chosen
from mirrorsel.cli.inforce import InForce
from mirrorsel.cli.located import Whereabouts
from mirrorsel.cli.standing import Row, standing
from mirrorsel.config import Settings
from mirrorsel.lists import Loaded
from mirrorsel.lists.entries import Lines, mirror_lines
from mirrorsel.model import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that is about the mirror."""

    line: int
    text: str
    counts: bool
    """False if its URL stands in an earlier line already, which counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The output of `mirrorsel show --json`; times are in RFC 3339."""

    url: str
    file: str
    lines: tuple[Line, ...]
    taken: datetime | None
    """When the checker's last cycle ended; null if none is known."""
    mirrors: tuple[Row, ...]
    """What list and checker say: one, or two if it is a Backup too."""
    geoip: Whereabouts | None = None
    """Where GeoIP puts its host; null if that was not asked."""


def shown(
    settings: Settings,
    loaded: Loaded,
    written: str,
    snapshot: Snapshot | None,
    now: datetime,
) -> Shown:
    """Return what is known of a mirror, without where GeoIP puts its host.

    Args:
        settings: The rules by which it is judged.
        loaded: The list.
        written: The mirror, as in `find_mirror`.
        snapshot: What the checker last saw.
        now: The time on the wall.

    Raises:
        click.UsageError: there is no such mirror, or it may be several.

    """
    found = chosen(written, loaded, backup=None)
    known = snapshot or Snapshot(taken=now)
    status = standing(settings, InForce(mirrors=found), known, now)
    return Shown(
        url=found[0].url,
        file=str(settings.list_file),
        lines=_lines(loaded, found[0].url),
        taken=snapshot.taken if snapshot else None,
        mirrors=tuple(status.mirrors),
    )


def _lines(loaded: Loaded, url: str) -> tuple[Line, ...]:
    contents = Lines.of(loaded.text).contents
    counting = {one.line for one in loaded.list.mirrors}
    return tuple(
        Line(line=number, text=contents[number - 1], counts=number in counting)
        for number, one in mirror_lines(loaded.text).items()
        if one.url == url
    )
