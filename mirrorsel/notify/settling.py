"""Events that wait until they have stood for a while."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from mirrorsel.notify.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pending:
    event: Event
    since: float
    """When the mirror left the standing that was told of last."""


class Settling:
    """The events that are not told yet, at most one of each mirror.

    Times are seconds of a clock that only goes forward.
    """

    def __init__(self) -> None:
        self._pending: dict[str, _Pending] = {}

    def add(self, events: Iterable[Event], now: float) -> None:
        """Take up events; a mirror that is back where it was has none any more."""
        for event in events:
            url = event.mirror.url
            first = self._pending.pop(url, None)
            before = first.event.before if first else event.before
            if before is not event.after:
                self._pending[url] = _Pending(
                    event=replace(event, before=before),
                    since=first.since if first else now,
                )

    def keep(self, urls: Container[str]) -> None:
        """Forget mirrors that are not among those."""
        self._pending = {url: one for url, one in self._pending.items() if url in urls}

    def take(self, now: float, settle: float) -> tuple[Event, ...]:
        """Return the events that are to be told now, in the order of their times.

        Each has stood for `settle` seconds. It waits for others as long as mirrors
        still change, so that one outage is one message, but no longer than `settle`
        seconds more.
        """
        wakes = self.wakes(settle)
        if wakes is None or now < wakes:
            return ()
        ready = [one for one in self._pending.values() if one.since + settle <= now]
        for one in ready:
            del self._pending[one.event.mirror.url]
        return tuple(sorted((one.event for one in ready), key=lambda one: one.at))

    def wakes(self, settle: float) -> float | None:
        """Return when something is to be told next, None if nothing waits."""
        times = [one.since for one in self._pending.values()]
        if not times:
            return None
        return min(max(times) + settle, min(times) + 2 * settle)
