"""All that is to be told, from the event to the message that is due."""

from collections.abc import Callable, Container, Iterable

from mirrorsel.config import NotifySettings
from mirrorsel.notify.event import Event
from mirrorsel.notify.outbox import PAUSES, Bundle, Outbox
from mirrorsel.notify.receiver import Receiver, addressed, is_wanted
from mirrorsel.notify.settling import Settling


class Desk:
    """The events that settle, and the outboxes of those who are told.

    Times are seconds of a clock that only goes forward.

    Args:
        make_name: Makes the name of a message, each another.
        pauses: Seconds from one try of a message to the next.

    """

    def __init__(
        self, make_name: Callable[[], str], pauses: tuple[float, ...] = PAUSES
    ) -> None:
        self._make_name = make_name
        self._pauses = pauses
        self._settling = Settling()
        self._outboxes: dict[Receiver, Outbox] = {}

    def hear(self, events: Iterable[Event], listed: Container[str], now: float) -> None:
        """Take up what happened, and forget mirrors that are not listed any more."""
        self._settling.add(events, now)
        self._settling.keep(listed)

    def due(self, now: float, settings: NotifySettings) -> tuple[Bundle, ...]:
        """Return the messages that are to be sent now."""
        self._keep_wanted(now, settings)
        settled = self._settling.take(now, settings.settle)
        for receiver, event in addressed(settled, settings):
            self._outbox(receiver).add(event)
        found = (
            one.due(now, settings.per_hour, self._make_name)
            for one in self._outboxes.values()
        )
        return tuple(one for one in found if one is not None)

    def succeeded(self, receiver: Receiver, now: float) -> bool:
        """Take note that a message went out; return whether it had failed before."""
        return self._outbox(receiver).succeeded(now)

    def failed(self, receiver: Receiver, now: float, *, final: bool) -> bool:
        """Take note that a try failed; return whether the message is given up."""
        return self._outbox(receiver).failed(now, final=final)

    def failures(self, receiver: Receiver) -> int:
        """Return how many tries of a receiver's message have failed."""
        return self._outbox(receiver).failures

    def wakes(self, now: float, settings: NotifySettings) -> float | None:
        """Return when there is something to do next, None if nothing waits."""
        times = [one.wakes(now, settings.per_hour) for one in self._outboxes.values()]
        times.append(self._settling.wakes(settings.settle))
        return min((one for one in times if one is not None), default=None)

    def _outbox(self, receiver: Receiver) -> Outbox:
        return self._outboxes.setdefault(receiver, Outbox(receiver, self._pauses))

    def _keep_wanted(self, now: float, settings: NotifySettings) -> None:
        self._outboxes = {
            receiver: one
            for receiver, one in self._outboxes.items()
            if is_wanted(receiver, settings) and not one.is_idle(now)
        }
