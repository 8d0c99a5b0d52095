"""Mirrors on loopback addresses that behave, or misbehave on purpose.

Each is a socket server of its own, so that it can do what no HTTP library would.
All of them stop, with their connections, at the end of the `with` block.
"""

import contextlib
import random
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import trustme

_PIECE = 0.05


class Connection:
    """One accepted connection, with what the client asked."""

    def __init__(self, peer: socket.socket, stop: threading.Event) -> None:
        self.request = b""
        self._peer = peer
        self._stop = stop

    def read_request(self) -> None:
        """Read to the end of the headers."""
        while b"\r\n\r\n" not in self.request:
            data = self._peer.recv(4096)
            if not data:
                return
            self.request += data

    def read_line(self) -> bytes:
        """Return the next line without its end; nothing when there is none."""
        line = b""
        while not line.endswith(b"\n"):
            data = self._peer.recv(1)
            if not data:
                return b""
            line += data
        return line.rstrip(b"\r\n")

    def read_body(self) -> bytes:
        """Read and return the body of a request whose length its headers give."""
        head, _, body = self.request.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split()[0])
        while len(body) < length and (data := self._peer.recv(4096)):
            body += data
        return body

    def send(self, data: bytes) -> None:
        """Send bytes at once."""
        self._peer.sendall(data)

    def trickle(self, data: bytes) -> None:
        """Send the same bytes again and again, a piece every 50 ms."""
        while not self._stop.is_set():
            self._peer.sendall(data)
            self._stop.wait(_PIECE)

    def hang(self) -> None:
        """Say nothing until the server ends."""
        self._stop.wait()

    @property
    def path(self) -> str:
        """The path that the client asked for."""
        return self.request.split(b" ", 2)[1].decode()


Behaviour = Callable[[Connection], None]


class Loopback:
    """A server on one loopback address.

    Args:
        behaviour: What it does with a connection, in a thread of its own.
        host: The address; each of 127.0.0.0/8 may be another mirror.
        port: The port; 0 for any.
        tls: What makes it speak TLS.
        listens: Whether it reads the request before it behaves.

    """

    def __init__(
        self,
        behaviour: Behaviour,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        listens: bool = True,
    ) -> None:
        self.behaviour = behaviour
        self.host = host
        self.requests: list[bytes] = []
        self._tls = tls
        self._listens = listens
        self._stop = threading.Event()
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, port), family=family)
        self.port: int = self._listener.getsockname()[1]
        self._peers: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]

    @property
    def connections(self) -> int:
        """How many connections were taken."""
        return len(self._peers)

    @property
    def url(self) -> str:
        """Its base URL, by address."""
        return self.url_of(f"[{self.host}]" if ":" in self.host else self.host)

    def url_of(self, name: str) -> str:
        """Return its base URL under a name."""
        return f"{'https' if self._tls else 'http'}://{name}:{self.port}/"

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        # A shutdown wakes those that wait in accept or recv; a close would not.
        for one in (self._listener, *self._peers):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for one in (self._listener, *self._peers):
            one.close()

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            handle = peer.dup()
            thread = threading.Thread(target=self._serve, args=(peer, handle))
            self._peers.append(handle)
            self._threads.append(thread)
            thread.start()

    def _serve(self, peer: socket.socket, handle: socket.socket) -> None:
        # A client that goes away, or a shutdown, ends the connection and no more.
        with contextlib.suppress(OSError):
            self._behave(peer)
        with contextlib.suppress(OSError):
            handle.shutdown(socket.SHUT_RDWR)

    def _behave(self, peer: socket.socket) -> None:
        with self._secured(peer) as ready:
            connection = Connection(ready, self._stop)
            if self._listens:
                connection.read_request()
                self.requests.append(connection.request)
            if connection.request or not self._listens:
                self.behaviour(connection)

    def _secured(self, peer: socket.socket) -> socket.socket:
        if self._tls is None:
            return peer
        with peer:
            return self._tls.wrap_socket(peer, server_side=True)


def answer(
    body: bytes, status: str = "200 OK", headers: Mapping[str, str] | None = None
) -> Behaviour:
    """Return the behaviour of one fixed answer with its length."""
    lines = {"Content-Length": str(len(body)), "Connection": "close", **(headers or {})}
    fields = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    head = f"HTTP/1.1 {status}\r\n{fields}\r\n"
    return lambda connection: connection.send(head.encode() + body)


def sending(data: bytes) -> Behaviour:
    """Return the behaviour of one answer that is given byte by byte."""
    return lambda connection: connection.send(data)


def endless(start: bytes, more: bytes) -> Behaviour:
    """Return the behaviour of an answer without end, as fast as it is taken."""

    def send(connection: Connection) -> None:
        connection.send(start)
        while True:
            connection.send(more * (65536 // len(more)))

    return send


def stamped(age: float = 0) -> Behaviour:
    """Return the behaviour of a good mirror whose tree is `age` seconds old."""
    return answer(f"{int(time.time() - age)} mirror\n".encode())


def redirecting(location: str, status: str = "302 Found") -> Behaviour:
    """Return the behaviour of a server that sends clients elsewhere."""
    return answer(b"", status, {"Location": location})


def hanging(connection: Connection) -> None:
    """Take the request and never answer."""
    connection.hang()


def trickling_headers(connection: Connection) -> None:
    """Send one header after the other, without end."""
    connection.send(b"HTTP/1.1 200 OK\r\n")
    connection.trickle(b"X: y\r\n")


def trickling_line(connection: Connection) -> None:
    """Send a status line byte by byte, without end."""
    connection.trickle(b"H")


def trickling_body(connection: Connection) -> None:
    """Send a body of unknown length byte by byte, without end."""
    connection.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    connection.trickle(b"1")


def breaking_off(connection: Connection) -> None:
    """Promise more than is sent."""
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n1")


def not_http(connection: Connection) -> None:
    """Answer in another protocol."""
    connection.send(b"220 ftp.example.org ready\r\n")


def trickling_handshake(connection: Connection) -> None:
    """Begin a TLS record and never end it; for a server that does not listen."""
    connection.send(b"\x16\x03\x03\x40\x00")
    connection.trickle(b"\x00")


def silent(connection: Connection) -> None:
    """Close the connection without an answer."""
    del connection


@contextlib.contextmanager
def closed_port(host: str = "127.0.0.1") -> Iterator[str]:
    """Give the base URL of a port that refuses connections."""
    with socket.socket() as reserved:
        # Bound without listening, so that nobody else gets it meanwhile.
        reserved.bind((host, 0))
        yield f"http://{host}:{reserved.getsockname()[1]}/"


def common_port(*hosts: str) -> int:
    """Return a port that is free at several addresses.

    It is none of those that the system gives to connections, since the address of
    such a one may lie on it.
    """
    ports = list(range(20000, 32000))
    random.shuffle(ports)
    return next(port for port in ports if all(_is_free(one, port) for one in hosts))


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError:
        return False
    return True


class Authority:
    """A certificate authority that only this test trusts.

    Args:
        folder: Where its certificate is kept.

    """

    def __init__(self, folder: Path) -> None:
        self._authority = trustme.CA()
        self.file = folder / "authority.pem"
        self._authority.cert_pem.write_to_path(self.file)

    def context(
        self, name: str, *, expired: bool = False, early: bool = False, days: int = 90
    ) -> ssl.SSLContext:
        """Return what a server needs to prove that it is `name`.

        Args:
            name: A name or an address.
            expired: Whether the certificate ended yesterday.
            early: Whether it begins tomorrow.
            days: How many more it is valid otherwise.

        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        now, day = datetime.now(UTC), timedelta(days=1)
        certificate = self._authority.issue_cert(
            name,
            not_before=now + day if early else now - 2 * day,
            not_after=now - day if expired else now + days * day,
        )
        certificate.configure_cert(context)
        return context

    def own_context(self) -> ssl.SSLContext:
        """Return what a server needs that shows a certificate signed by itself."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        key, shown = self._authority.private_key_pem, self._authority.cert_pem
        with key.tempfile() as key_file, shown.tempfile() as file:
            context.load_cert_chain(file, key_file)
        return context
