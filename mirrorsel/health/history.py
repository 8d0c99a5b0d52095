"""What is remembered of mirrors for people who look back, in a bounded form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mirrorsel.health.changes import Change
from mirrorsel.model import Outcome

HOURS = 14 * 24
"""How many hours of each mirror are kept."""
CHANGES = 20
"""How many changes of each mirror are kept."""
BUCKETS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""The upper bounds, in seconds, by which durations of probes are counted."""


class Mark(StrEnum):
    """The worst that was believed of a mirror within one hour."""

    UNSEEN = "."
    """No cycle was believed, or the mirror was not listed."""
    UNKNOWN = "?"
    UP = "u"
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
