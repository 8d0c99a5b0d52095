"""The published form of a list, in which the fourth field is a freshness stamp."""

from datetime import UTC, datetime

from mirrorsel.lists.line import place_word
from mirrorsel.lists.times import write_date
from mirrorsel.model import Health, Mirror, MirrorList, Snapshot, State

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def render(mirrors: MirrorList, snapshot: Snapshot | None) -> str:
    """Return a list as text in the published form, the same for the same values.

    It has the mirrors in service, with neither contacts nor options: type, country,
    URL and stamp in seconds since 1970, parted by one blank, below the header
    ``# date :``. The stamp is what the checker read from the mirror, else what the
    list gives. A mirror without one gets the date of the header, since it counts
    as fresh; but one that is down without ever having shown a stamp gets 0.

    The date is what stamps are to be held against, and never the present: the
    origin's own stamp, else the newest stamp of a mirror, else the list's date,
    else the time of the snapshot.

    Args:
        mirrors: what the operator listed.
        snapshot: what the checker saw; None before the first cycle.

    """
    listed = [one for one in mirrors.mirrors if one.disabled is None]
    known = snapshot.health if snapshot else {}
    health = [known.get(one.url, Health()) for one in listed]
    pairs = list(zip(listed, health, strict=True))
    date = _date(mirrors, snapshot, [_stamp(*pair) for pair in pairs])
    lines = [f"# date : {write_date(date)}"]
    lines += [_line(one, _published(one, seen, date)) for one, seen in pairs]
    return "".join(f"{line}\n" for line in lines)


def _stamp(mirror: Mirror, health: Health) -> datetime | None:
    return health.stamp if health.stamp or health.checked else mirror.stamp


def _published(mirror: Mirror, health: Health, date: datetime) -> datetime:
    unknown = _NEVER if health.state is State.DOWN else date
    return _stamp(mirror, health) or unknown


def _date(
    mirrors: MirrorList, snapshot: Snapshot | None, stamps: list[datetime | None]
) -> datetime:
    if snapshot and snapshot.origin_stamp:
        return snapshot.origin_stamp
    newest = max((one for one in stamps if one), default=None)
    taken = snapshot.taken if snapshot else None
    return newest or mirrors.dated or taken or _NEVER


def _line(mirror: Mirror, stamp: datetime) -> str:
    return f"{mirror.kind} {place_word(mirror)} {mirror.url} {stamp.timestamp():.0f}"
