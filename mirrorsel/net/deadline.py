"""A deadline that holds against a server that sends a byte now and then."""

import contextlib
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from types import TracebackType
from typing import Self, TypeVar

from mirrorsel.caught import Caught
from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.own_time import OwnTime

T = TypeVar("T")

# So often at least it is asked in its time whether this process got to run.
_LOOKS = 20
_STEP = 1.0


class Deadline:
    """The end of one fetch, at which its sockets are shut down.

    A timeout bounds each wait, and a server that never lets one run out holds a
    client for ever. So a thread shuts the sockets down under whoever waits for
    them, be it in a TLS handshake, in the headers or in the body. It runs from the
    making of the object to the end of the `with` block. While this process does not
    get to run, on a busy machine or stopped, no time passes.

    Args:
        seconds: The time from now.

    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._time = OwnTime(min(seconds / _LOOKS, _STEP))
        self._lock = threading.Lock()
        self._guarded: list[socket.socket] = []
        self._done = threading.Event()

    def __enter__(self) -> Self:
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        with self._lock:
            for guarded in self._guarded:
                guarded.close()
            self._guarded.clear()

    @property
    def passed(self) -> float:
        """Seconds since the beginning."""
        return self._time.passed

    @property
    def remaining(self) -> float:
        """Seconds until the end; a little more than 0 when it has passed."""
        return max(self._seconds - self.passed, 0.001)

    @property
    def is_over(self) -> bool:
        """Whether the end has passed."""
        return self.passed >= self._seconds

    def check(self) -> None:
        """Raise FetchError (DEADLINE) if the end has passed."""
        if self.is_over:
            raise self.error()

    def error(self) -> FetchError:
        """Return the error that says that the end has passed."""
        seconds = round(self._seconds, 1)
        return FetchError(Outcome.DEADLINE, f"not done within {seconds:g} s")

    def guard(self, connection: socket.socket) -> None:
        """Shut a socket down at the end.

        A duplicate is kept: TLS takes the socket object itself away, and a
        shutdown reaches the connection through any of its descriptors.
        """
        with self._lock:
            self._guarded.append(connection.dup())
        if self.is_over:
            self._cut()

    def wait_for(self, call: Callable[[], T]) -> T:
        """Return what a call returns that knows no timeout, or give it up.

        Raises:
            FetchError: the end came first (DEADLINE).

        Whatever the call raises is raised here.

        """
        answer: Future[T] = Future()

        def work() -> None:
            with Caught(BaseException) as caught:
                answer.set_result(call())
            if caught.error is not None:
                answer.set_exception(caught.error)

        # A daemon: nothing waits for a call that was given up.
        threading.Thread(target=work, daemon=True).start()
        while not answer.done():
            self.check()
            wait([answer], self.remaining)
        return answer.result()

    def _watch(self) -> None:
        while not self._done.wait(min(self._time.step, self.remaining)):
            self._time.look()
            if self.is_over:
                self._cut()
                return

    def _cut(self) -> None:
        with self._lock:
            for guarded in self._guarded:
                # The other side may have closed the connection already.
                with contextlib.suppress(OSError):
                    guarded.shutdown(socket.SHUT_RDWR)
