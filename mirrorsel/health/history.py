"""What is remembered of mirrors for people who look back, in a bounded form."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from mirrorsel.health.changes import Change
from mirrorsel.health.standing import Standing, standing
from mirrorsel.model import Health, Outcome, ProbeResult, Snapshot

HOURS = 14 * 24
"""How many hours of each mirror are kept."""
CHANGES = 20
"""How many changes of each mirror are kept."""
BUCKETS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""The upper bounds, in seconds, by which durations of probes are counted."""

_HOUR = timedelta(hours=1)
# A clock that was set back further had been wrong before: what it told of is undone.
_PATIENCE = 24


class Mark(StrEnum):
    """The worst that was believed of a mirror within one hour; the worst is last."""

    UNSEEN = "."
    """No cycle was believed, or the mirror was not listed."""
    UP = "u"
    UNKNOWN = "?"
    STALE = "s"
    DOWN = "d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """The past of one mirror."""

    hours: str = ""
    """A `Mark` for each hour, oldest first, at most `HOURS` of them; the last is
    that of `History.hour`."""
    changes: tuple[Change, ...] = ()
    """Its last changes, oldest first, at most `CHANGES` of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The past of all listed mirrors, and the sums of all probes."""

    hour: datetime
    """The beginning of the last hour that is told of."""
    tracks: Mapping[str, Track] = field(default_factory=dict)
    """By the mirror's URL; a mirror that leaves the list is forgotten."""
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    """How many probes ended in each way, since counting began."""
    durations: tuple[int, ...] = (0,) * (len(BUCKETS) + 1)
    """How many probes took up to each bound of `BUCKETS` and not up to the bound
    before; the last of them took longer."""
    seconds: float = 0.0
    """How long all of these took together."""


_MARKS = MappingProxyType(
    {
        Standing.UNKNOWN: Mark.UNKNOWN,
        Standing.UP: Mark.UP,
        Standing.STALE: Mark.STALE,
        Standing.DOWN: Mark.DOWN,
        Standing.QUARANTINED: Mark.DOWN,
    }
)


def record(
    previous: History | None,
    snapshot: Snapshot,
    changes: Sequence[Change],
    results: Sequence[ProbeResult],
    listed: Iterable[str] = (),
) -> History:
    """Return the history after one more cycle.

    A mirror that the snapshot does not know, and that is not listed, is forgotten.
    A cycle that was not believed marks nothing, but its probes are counted. After the
    clock was set back, nothing is marked before the last hour is reached again; hours
    that lie more than a day ahead are dropped.

    Args:
        previous: What was remembered before, None at first.
        snapshot: What is believed after the cycle.
        changes: What is different in it.
        results: What the probes of the cycle saw.
        listed: The URLs of mirrors whose past is kept though they are not probed,
            such as those that the operator took out of service for a while.

    """
    now = snapshot.taken.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    known = previous or History(hour=now)
    steps = (now - known.hour) // _HOUR
    waits = -_PATIENCE <= steps < 0
    believed = {} if waits or snapshot.frozen else snapshot.health
    told = _by_url(changes)

    def track(url: str) -> Track:
        steps_on = 0 if waits else steps
        mark = _mark(believed.get(url))
        before = known.tracks.get(url, Track())
        return _next_track(before, steps_on, mark, told.get(url, ()))

    ended = Counter(one.outcome for one in results)
    return History(
        hour=known.hour if waits else now,
        tracks={url: track(url) for url in dict.fromkeys((*snapshot.health, *listed))},
        outcomes=dict(Counter(known.outcomes) + ended),
        durations=_counted(known.durations, results),
        seconds=known.seconds + sum(one.seconds for one in results),
    )


def _by_url(changes: Sequence[Change]) -> Mapping[str, Sequence[Change]]:
    found: defaultdict[str, list[Change]] = defaultdict(list)
    for one in changes:
        found[one.url].append(one)
    return found


def _next_track(
    track: Track, steps: int, mark: Mark, changes: Sequence[Change]
) -> Track:
    hours = _moved(track.hours, steps) or Mark.UNSEEN.value
    return Track(
        hours=hours[:-1] + _worst(Mark(hours[-1]), mark),
        changes=(*track.changes, *changes)[-CHANGES:],
    )


def _moved(hours: str, steps: int) -> str:
    if steps < 0:
        return hours[:steps]
    return (hours + Mark.UNSEEN * min(steps, HOURS))[-HOURS:]


def _worst(*marks: Mark) -> Mark:
    return max(marks, key=list(Mark).index)


def _mark(health: Health | None) -> Mark:
    if health is None:
        return Mark.UNSEEN
    return _MARKS[standing(health)]


def _counted(
    durations: tuple[int, ...], results: Sequence[ProbeResult]
) -> tuple[int, ...]:
    more = Counter(bisect_left(BUCKETS, one.seconds) for one in results)
    return tuple(count + more[place] for place, count in enumerate(durations))
