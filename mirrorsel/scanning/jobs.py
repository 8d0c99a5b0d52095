"""Work in threads that nothing waits for at the end of the process."""

import contextlib
import threading
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from mirrorsel.caught import Caught, attempt
from mirrorsel.priority import give_way

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class End(Generic[T]):
    """The end of one job: with a result, or with an error."""

    url: str
    """The mirror that it was about."""
    result: T | None = None
    error: BaseException | None = None


class Jobs(Generic[T]):
    """Jobs that run side by side, at most one for each mirror."""

    def __init__(self) -> None:
        self._hosts: dict[str, str] = {}
        self._ended: SimpleQueue[End[T]] = SimpleQueue()

    @property
    def hosts(self) -> Collection[str]:
        """The hosts that are asked now."""
        return set(self._hosts.values())

    def __len__(self) -> int:
        return len(self._hosts)

    def start(self, url: str, host: str, work: Callable[[], T]) -> None:
        """Start a job; where the system has no thread for it, it ends in an error."""
        self._hosts[url] = host

        def run() -> None:
            give_way()
            result, error = attempt(work, BaseException)
            self._ended.put(End(url=url, result=result, error=error))

        thread = threading.Thread(target=run, name="mirrorsel-scan", daemon=True)
        with Caught(RuntimeError) as caught:
            thread.start()
        if caught.error is not None:
            self._ended.put(End(url=url, error=caught.error))

    def ends(self) -> Iterator[End[T]]:
        """Yield what has ended since the last time."""
        with contextlib.suppress(Empty):
            while True:
                end = self._ended.get_nowait()
                self._hosts.pop(end.url, None)
                yield end
