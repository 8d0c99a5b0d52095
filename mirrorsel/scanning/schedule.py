"""When mirrors are scanned: once in each period, never all at once."""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import blake2b

_RETRY = 300.0
# 2 to that many retries is beyond every period.
_MOST_DOUBLINGS = 20
NEVER = -math.inf
"""Before all times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What came of the scans of one mirror until now; times in seconds."""

    scanned: float | None = None
    """When the last whole scan began; None if there was none."""
    failures: int = 0
    """How many have failed since."""
    tried: float = NEVER
    """When the last of these ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueScan:
    """A mirror that is to be scanned."""

    url: str
    host: str
    due: float
    """When its scan is due."""
    urgent: bool = False
    """Whether clients wait for what it has, so that it comes first."""


def due_at(url: str, past: Past, period: float) -> float:
    """Return when a mirror is to be scanned next; `NEVER` for at once.

    Each has its own moment in the period, which its URL decides, so that scans are
    spread over it and stay so after a restart. One that failed is tried again soon,
    then later and later.
    """
    if past.failures:
        doublings = min(past.failures - 1, _MOST_DOUBLINGS)
        return past.tried + min(_RETRY * 2.0**doublings, period)
    if past.scanned is None:
        return NEVER
    offset = _share(url) * period
    return (math.floor((past.scanned - offset) / period) + 1) * period + offset


def is_due(url: str, past: Past, period: float, now: float) -> bool:
    """Return whether a mirror is to be scanned now.

    One whose past lies in the future is: the clock was set back since.
    """
    ahead = max(past.scanned or NEVER, past.tried) > now
    return ahead or due_at(url, past, period) <= now


def choose(
    due: Iterable[DueScan], busy: Collection[str], free: int, *, reserved: int = 0
) -> tuple[DueScan, ...]:
    """Return who is scanned now of those that are due: one of a host at once.

    Args:
        due: The mirrors, in any order.
        busy: The hosts that are asked already.
        free: How many more may be scanned at once.
        reserved: How many of these are for urgent ones alone, so that slow mirrors
            never hold all places for hours.

    """
    chosen: dict[str, DueScan] = {}
    for one in sorted(due, key=lambda one: (not one.urgent, one.due, one.url)):
        if len(chosen) >= (free if one.urgent else free - reserved):
            break
        if one.host not in busy:
            chosen.setdefault(one.host, one)
    return tuple(chosen.values())


def _share(url: str) -> float:
    """Return a number from 0 to 1 that a URL decides."""
    number = int.from_bytes(blake2b(url.encode(), digest_size=4).digest())
    return number / 2**32
