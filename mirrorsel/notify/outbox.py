"""What waits for one receiver."""

from collections.abc import Callable
from dataclasses import dataclass

from mirrorsel.notify.event import Event
from mirrorsel.notify.limiter import Limiter
from mirrorsel.notify.receiver import Receiver

PAUSES = (60.0, 240.0, 900.0, 2400.0)
"""Seconds from one try of a message to the next: five tries within an hour."""
# As much as a person reads; what is beyond is counted.
_MOST_EVENTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What one message tells one receiver."""

    name: str
    """Like no other bundle's; the same at each try, so that a receiver can tell."""
    receiver: Receiver
    events: tuple[Event, ...]
    more: int = 0
    """How many events there were beyond those."""


class Outbox:
    """The events that one receiver has not been told of, and his message under way.

    Times are seconds of a clock that only goes forward.

    Args:
        receiver: Who.
        pauses: Seconds from one try of a message to the next.

    """

    def __init__(self, receiver: Receiver, pauses: tuple[float, ...]) -> None:
        self._receiver = receiver
        self._pauses = pauses
        self._waiting: list[Event] = []
        self._more = 0
        self._limiter = Limiter()
        self._bundle: Bundle | None = None
        self._failures = 0
        self._next_try = 0.0

    def add(self, event: Event) -> None:
        """Have an event told."""
        if len(self._waiting) < _MOST_EVENTS:
            self._waiting.append(event)
        else:
            self._more += 1

    def due(
        self, now: float, per_hour: int, make_name: Callable[[], str]
    ) -> Bundle | None:
        """Return the message that is to be sent now, None if none is."""
        wakes = self.wakes(now, per_hour)
        if wakes is None or now < wakes:
            return None
        if self._bundle is None:
            self._bundle = Bundle(
                name=make_name(),
                receiver=self._receiver,
                events=tuple(self._waiting),
                more=self._more,
            )
            self._waiting, self._more = [], 0
        return self._bundle

    def wakes(self, now: float, per_hour: int) -> float | None:
        """Return when a message is to be sent next, None if nothing waits."""
        if self._bundle is not None:
            return self._next_try
        return self._limiter.free_at(now, per_hour) if self._waiting else None

    def succeeded(self, now: float) -> bool:
        """Take note that the message went out; return whether it had failed before."""
        return self._end(now)

    def failed(self, now: float, *, final: bool) -> bool:
        """Take note that a try failed; return whether the message is given up.

        Args:
            now: The time.
            final: Whether another try would be in vain.

        """
        self._failures += 1
        if final or self._failures > len(self._pauses):
            # It counts as sent: whether it arrived in spite of all is not known.
            self._end(now)
            return True
        self._next_try = now + self._pauses[self._failures - 1]
        return False

    @property
    def failures(self) -> int:
        """How many tries of the message under way have failed."""
        return self._failures

    def is_idle(self, now: float) -> bool:
        """Return whether there is nothing to remember."""
        busy = self._bundle is not None or bool(self._waiting)
        return not busy and self._limiter.is_idle(now)

    def _end(self, now: float) -> bool:
        had_failed = self._failures > 0
        self._limiter.count(now)
        self._bundle, self._failures = None, 0
        return had_failed
