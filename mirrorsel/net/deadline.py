"""A deadline that holds against a server that sends a byte now and then."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from multiprocessing.pool import ThreadPool
from types import TracebackType
from typing import Self, TypeVar

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome

T = TypeVar("T")


class Deadline:
    """The end of one fetch, at which its sockets are shut down.

    A timeout bounds each wait, and a server that never lets one run out holds a
    client for ever. So a timer shuts the sockets down under whoever waits for
    them, be it in a TLS handshake, in the headers or in the body. It runs from the
    making of the object to the end of the `with` block.

    Args:
        seconds: The time from now.

    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._guarded: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for guarded in self._guarded:
                guarded.close()
            self._guarded.clear()

    @property
    def remaining(self) -> float:
        """Seconds until the end; a little more than 0 when it has passed."""
        return max(self._end - time.monotonic(), 0.001)

    @property
    def is_over(self) -> bool:
        """Whether the end has passed."""
        return time.monotonic() >= self._end

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
        # Its thread is a daemon: nothing waits for a call that was given up.
        with ThreadPool(1) as pool:
            answer = pool.apply_async(call)
            answer.wait(self.remaining)
            if not answer.ready():
                raise self.error()
            return answer.get()

    def _cut(self) -> None:
        with self._lock:
            for guarded in self._guarded:
                # The other side may have closed the connection already.
                with contextlib.suppress(OSError):
                    guarded.shutdown(socket.SHUT_RDWR)
