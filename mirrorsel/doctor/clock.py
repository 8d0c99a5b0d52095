"""Whether the clock of this machine can be right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from mirrorsel.doctor.finding import Finding, Group, Told
from mirrorsel.words import span

_told = Told(Group.CLOCK)

# Clocks that are kept by the network differ by far less.
_CLOSE = timedelta(minutes=1)
_FAR = timedelta(hours=1)
_SET = "let the clock be set by the network: `timedatectl set-ntp true`, or chrony"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A time that some clock gave, and that should not be ahead of ours."""

    what: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What is to be seen of time."""

    now: datetime
    marks: tuple[Mark, ...]
    origin: datetime | None = None
    """What the origin's clock said, where it was asked."""
    silence: str = ""
    """Why the origin did not say, where it was asked."""


def judge_clock(seen: Clock) -> Iterator[Finding]:
    """Yield how the clock is."""
    ahead = [one for one in seen.marks if one.at - seen.now > _CLOSE]
    for one in ahead:
        far = span((one.at - seen.now).total_seconds())
        words = f"{one.what} is {far} in the future: the clock is, or was, wrong"
        yield _told.warn("future", words, _SET)
    if not ahead:
        yield _told.ok("future", "nothing that was written is in the future")
    if seen.silence:
        words = f"the origin did not tell the time: {seen.silence}"
        remedy = "`mirrorsel check --url` with the origin's URL says how it answers"
        yield _told.unseen("origin", words, remedy)
    elif seen.origin is not None:
        yield _origin(seen.now - seen.origin)


def _origin(difference: timedelta) -> Finding:
    far = abs(difference)
    side = "ahead of" if difference > timedelta() else "behind"
    words = f"the clock is {span(far.total_seconds())} {side} the origin's"
    if far <= _CLOSE:
        return _told.ok("origin", words)
    return (_told.fail if far > _FAR else _told.warn)("origin", words, _SET)
