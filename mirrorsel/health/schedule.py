"""When a mirror is probed next, from what is believed of it alone.

What is believed outlives the checker, so a restart neither forgets a mirror that is
due nor asks all of them at once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from mirrorsel.model import Health, State

_JITTER = 0.1
# 2 to that many periods is beyond every `dead_period`.
_MOST_DOUBLINGS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often mirrors are probed; the first three in seconds."""

    period: float
    """From one probe of a mirror to the next."""
    retry: float
    """The same while it is failing or coming back; at most `period` counts."""
    dead_period: float
    """The longest time between two probes of one that is down."""
    fall: int
    """Bad probes in a row that take a mirror down."""


def due_at(url: str, health: Health, rhythm: Rhythm) -> datetime | None:
    """Return when a mirror is to be probed next; None for at once.

    The time is put off or brought forward by up to a tenth, always the same for the
    same last probe, so that mirrors do not stay in step.
    """
    checked = health.checked
    if checked is None:
        return None
    seconds = _wait(health, rhythm) * (1 + _JITTER * _chance(url, checked))
    return checked + timedelta(seconds=seconds)


def is_due(url: str, health: Health, rhythm: Rhythm, now: datetime) -> bool:
    """Return whether a mirror is to be probed now.

    One whose last probe lies in the future is: the clock was set back since.
    """
    due = due_at(url, health, rhythm)
    if due is None or health.checked is None:
        return True
    return due <= now or health.checked > now


def _wait(health: Health, rhythm: Rhythm) -> float:
    """Return the seconds from the last probe to the next."""
    period, streak = rhythm.period, health.streak
    if health.state is State.DOWN:
        # One that must not come back, or not yet, is in no hurry.
        if streak > 0 and not (health.quarantine or health.stale):
            return min(rhythm.retry, period)
        doublings = min(max(-streak - rhythm.fall, 0), _MOST_DOUBLINGS)
        return max(period, min(period * 2.0**doublings, rhythm.dead_period))
    if streak < 0 or (health.state is State.UNKNOWN and streak > 0):
        return min(rhythm.retry, period)
    return period


def _chance(url: str, checked: datetime) -> float:
    """Return a number from -1 to 1 that nothing but its arguments decides."""
    text = f"{url} {checked.timestamp()!r}".encode()
    number = int.from_bytes(blake2b(text, digest_size=4).digest())
    return number / 0x7FFFFFFF - 1
