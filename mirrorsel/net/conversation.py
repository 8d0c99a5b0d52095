"""HTTP requests one after the other, over connections that are kept."""

import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import urlsplit

import requests

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.address import Address, Resolver
from mirrorsel.net.candidates import candidates, first_reached
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.failure import translated
from mirrorsel.net.limits import Limits
from mirrorsel.net.pinned import PinnedAdapter
from mirrorsel.net.request import prepare

T = TypeVar("T")

Read = Callable[[requests.Response, Deadline], T]
"""Reads an answer, as long as it is there."""

# Each redirect may name another host, and each connection takes a descriptor.
_KEPT = 4
# What a server that has closed a kept connection meanwhile looks like.
_CLOSED = frozenset({Outcome.REFUSED, Outcome.PROTOCOL})


class Conversation:
    """What is asked of one mirror, and of the hosts that it redirects to.

    A name is resolved once; all connections go to the address that was checked then
    and answered first. Each request has the whole deadline of the limits. All
    connections end with the `with` block.

    Args:
        limits: What each request may cost, and where it may go.
        resolve: Gives the addresses of a host that may be tried, of one at least.

    """

    def __init__(self, limits: Limits, resolve: Resolver) -> None:
        self._limits = limits
        self._resolve = resolve
        self._lines: dict[tuple[str, str], _Line] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for line in self._lines.values():
            line.close()

    def get(
        self, url: str, headers: Mapping[str, str], seconds: float, read: Read[T]
    ) -> T:
        """Return what is read of the answer to a request, which may be sent twice.

        Args:
            url: What is asked for.
            headers: What is said beyond the usual, or in its place.
            seconds: The most that it may take; the limits may allow less.
            read: Reads an answer.

        Raises:
            FetchError: there is no answer within the limits, or `read` raised it.

        """
        with Deadline(min(seconds, self._limits.deadline)) as deadline:
            with translated(deadline):
                request = prepare(url)
            request.headers.update({"Connection": "keep-alive", **headers})
            parts = urlsplit(request.url or "")
            key = (parts.scheme, parts.netloc)
            if (line := self._lines.pop(key, None)) is None:
                return self._begin(key, request, deadline, read)
            # What was used last is ended last.
            self._lines[key] = line
            try:
                return line.send(request, deadline, read)
            except FetchError as error:
                if line.is_new or error.outcome not in _CLOSED:
                    raise
            return line.send(request, deadline, read)

    def _begin(
        self,
        key: tuple[str, str],
        request: requests.PreparedRequest,
        deadline: Deadline,
        read: Read[T],
    ) -> T:
        def ask(to: Address) -> T:
            line = _Line(to, self._limits)
            try:
                found = line.send(request, deadline, read)
            finally:
                if line.is_new:
                    self._keep(key, line)
            return found

        host = urlsplit(request.url or "").hostname or ""
        addresses = candidates(host, self._limits, deadline, self._resolve)
        return first_reached(addresses, ask, deadline)

    def _keep(self, key: tuple[str, str], line: "_Line") -> None:
        self._lines[key] = line
        if len(self._lines) > _KEPT:
            self._lines.pop(next(iter(self._lines))).close()


class _Line:
    """The connections to one address, of which there is one at a time."""

    def __init__(self, to: Address, limits: Limits) -> None:
        self._limits = limits
        self._adapter = PinnedAdapter(to.text, self, limits.size + limits.overhead)
        self._kept: socket.socket | None = None
        self._deadline: Deadline | None = None
        self.is_new = False
        """Whether the last request went over a connection of its own."""

    def guard(self, connection: socket.socket) -> None:
        """Take note of a new connection, which takes the place of the last one."""
        self._forget()
        self.is_new = True
        self._kept = connection.dup()
        if self._deadline is not None:
            self._deadline.guard(connection)

    def send(
        self, request: requests.PreparedRequest, deadline: Deadline, read: Read[T]
    ) -> T:
        """Send a request; a deadline that passes ends the connection."""
        self.is_new, self._deadline = False, deadline
        if self._kept is not None:
            deadline.guard(self._kept)
        with self._adapter.answer(request, self._limits, deadline) as response:
            return read(response, deadline)

    def close(self) -> None:
        """End the connections."""
        self._adapter.close()
        self._forget()

    def _forget(self) -> None:
        if self._kept is not None:
            with suppress(OSError):
                self._kept.close()
            self._kept = None
