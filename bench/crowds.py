"""Clients beside those that load a server: they hold connections, and do no more."""

import contextlib
import socket
from collections.abc import Iterator

from bench.servers import Server

_SMALL = 4096
"""The bytes that a client takes which does not read."""
_SECONDS = 20.0


@contextlib.contextmanager
def idle(server: Server, count: int, path: str) -> Iterator[None]:
    """Hold connections that have had an answer each."""
    with _connected(server, count) as connections:
        for one in connections:
            _ask(one, path)
            one.recv(_SMALL)
        yield


@contextlib.contextmanager
def stalled(server: Server, count: int, path: str) -> Iterator[None]:
    """Hold connections on which an answer was asked for, and is never read."""
    with _connected(server, count) as connections:
        for one in connections:
            _ask(one, path)
        yield


def _ask(connection: socket.socket, path: str) -> None:
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())


@contextlib.contextmanager
def _connected(server: Server, count: int) -> Iterator[list[socket.socket]]:
    host, _, port = server.url.removeprefix("http://").rpartition(":")
    with contextlib.ExitStack() as stack:
        connections = []
        for _ in range(count):
            one = stack.enter_context(socket.socket())
            one.settimeout(_SECONDS)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALL)
            one.connect((host, int(port)))
            connections.append(one)
        yield connections
