"""How many messages one receiver may get."""

from collections import deque

_HOUR = 3600.0


class Limiter:
    """The messages of the last hour to one receiver.

    Times are seconds of a clock that only goes forward.
    """

    def __init__(self) -> None:
        self._times: deque[float] = deque()

    def count(self, now: float) -> None:
        """Count a message that went out."""
        self._forget(now)
        self._times.append(now)

    def free_at(self, now: float, per_hour: int) -> float:
        """Return when one more message may go out: now, or later."""
        self._forget(now)
        beyond = len(self._times) - per_hour
        return now if beyond < 0 else self._times[beyond] + _HOUR

    def is_idle(self, now: float) -> bool:
        """Return whether there was no message in the last hour."""
        self._forget(now)
        return not self._times

    def _forget(self, now: float) -> None:
        while self._times and self._times[0] + _HOUR <= now:
            self._times.popleft()
