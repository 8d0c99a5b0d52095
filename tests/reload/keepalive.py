"""A connection that is kept, and as quick as Python can be."""

import socket
from dataclasses import dataclass
from types import TracebackType
from typing import Self

_SECONDS = 10.0
_CHUNK = 1 << 16


class BrokenAnswerError(Exception):
    """The server ended an answer before its end, or answered in another protocol."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    head: str
    body: str

    def header(self, name: str) -> str:
        """Return a header; empty if there is none."""
        start = self.head.find(f"\r\n{name}: ")
        if start < 0:
            return ""
        start += len(name) + 4
        return self.head[start : self.head.index("\r\n", start)]


class KeepAlive:
    """One client, which connects again when the server has said that it closes."""

    def __init__(self, host: str, port: int, source: str) -> None:
        """Take where to, and from which address."""
        self._to = (host, port)
        self._source = (source, 0)
        self._socket: socket.socket | None = None
        self._rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection, if there is one."""
        if self._socket:
            self._socket.close()
        self._socket, self._rest = None, b""

    def ask(self, path: str) -> Reply:
        """Return the answer to a GET.

        A server may close a connection that is idle at any time, and a client then
        asks once more by another (RFC 9112, section 9.3.1).

        Raises:
            OSError: there is no connection, or it broke.
            BrokenAnswerError: what came is no whole answer.

        """
        if self._socket is not None:
            try:
                self._send(path)
                self._more()
            except (ConnectionError, BrokenAnswerError):
                self.close()
        if self._socket is None:
            self._socket = socket.create_connection(
                self._to, _SECONDS, source_address=self._source
            )
            self._send(path)
        return self._reply()

    def _send(self, path: str) -> None:
        if self._socket:
            self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: test\r\n\r\n".encode())

    def _reply(self) -> Reply:
        head = self._until(b"\r\n\r\n").decode("latin-1")
        reply = Reply(int(head[9:12]), head, self._body(head).decode())
        if reply.header("Connection") == "close":
            self.close()
        return reply

    def _body(self, head: str) -> bytes:
        if "\r\nTransfer-Encoding: chunked" in head:
            parts = []
            while size := int(self._until(b"\r\n"), 16):
                parts.append(self._exactly(size))
                self._exactly(2)
            self._exactly(2)
            return b"".join(parts)
        start = head.find("\r\nContent-Length: ")
        if start < 0:
            raise BrokenAnswerError(head)
        return self._exactly(int(head[start + 18 : head.index("\r\n", start + 2)]))

    def _until(self, end: bytes) -> bytes:
        while end not in self._rest:
            self._more()
        found, _, self._rest = self._rest.partition(end)
        return found + end

    def _exactly(self, size: int) -> bytes:
        while len(self._rest) < size:
            self._more()
        found, self._rest = self._rest[:size], self._rest[size:]
        return found

    def _more(self) -> None:
        got = self._socket.recv(_CHUNK) if self._socket else b""
        if not got:
            raise BrokenAnswerError("the connection ended")
        self._rest += got
