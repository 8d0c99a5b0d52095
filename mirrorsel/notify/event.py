"""What happened to one mirror."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mirrorsel.health import Standing, standing
from mirrorsel.model import Health, Mirror, MirrorList, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A mirror that stands otherwise than before."""

    mirror: Mirror
    at: datetime
    before: Standing
    after: Standing
    health: Health
    """What is believed of it now."""


def events(
    previous: Snapshot | None, current: Snapshot, origin: str, mirrors: MirrorList
) -> tuple[Event, ...]:
    """Return what happened from one snapshot to the next: the origin's, then mirrors'.

    Args:
        previous: The snapshot before, None at first.
        current: The snapshot now.
        origin: The base URL of the tree that the mirrors copy.
        mirrors: The list; what is not on it is not told of.

    """
    return tuple(
        Event(
            mirror=mirror,
            at=after.checked or current.taken,
            before=standing(before),
            after=standing(after),
            health=after,
        )
        for mirror, before, after in _pairs(previous, current, origin, mirrors)
        if standing(before) is not standing(after)
    )


def _pairs(
    previous: Snapshot | None, current: Snapshot, origin: str, mirrors: MirrorList
) -> Iterator[tuple[Mirror, Health, Health]]:
    yield (
        Mirror(url=origin),
        previous.origin if previous else Health(),
        current.origin,
    )
    known = previous.health if previous else {}
    for mirror in mirrors.mirrors:
        # An origin that is listed too, as a Backup, is told of once.
        if mirror.url != origin and mirror.url in current.health:
            before = known.get(mirror.url, Health())
            yield mirror, before, current.health[mirror.url]
