"""FTP servers on loopback: one as it should be, and some that are not."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.ioloop import IOLoop
from pyftpdlib.servers import FTPServer

from tests.loopback import Behaviour, Connection
from tests.threads import beside

Data = Callable[[socket.socket], None]

_TRANSFERS = frozenset({"LIST", "MLSD", "RETR"})


@contextlib.contextmanager
def good_server(
    folder: Path, host: str = "127.0.0.1", *, without: frozenset[str] = frozenset()
) -> Iterator[str]:
    """Publish a folder by FTP, and give its URL.

    Args:
        folder: What is published.
        host: The loopback address.
        without: Commands that the server does not know.

    """
    commands = {k: v for k, v in FTPHandler.proto_cmds.items() if k not in without}
    authorizer = DummyAuthorizer()
    authorizer.add_anonymous(str(folder))
    names = {"authorizer": authorizer, "proto_cmds": commands}
    loop = IOLoop()
    server = FTPServer((host, 0), type("Handler", (FTPHandler,), names), ioloop=loop)
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set():
            loop.loop(timeout=0.02, blocking=False)
        server.close_all()

    with beside(serve, end=stop.set):
        name = f"[{host}]" if ":" in host else host
        yield f"ftp://{name}:{server.address[1]}/"


def scripted(
    replies: Mapping[str, str] | None = None,
    data: Data | None = None,
    *,
    last: str = "",
) -> Behaviour:
    """Return the behaviour of a server on 127.0.0.1 that is good but for this.

    Args:
        replies: What is said at a command, or at the beginning for `""`; where it
            has `{port}`, in the form of PASV, a port is opened for data.
        data: What is done with a connection for data.
        last: A command after which the server ends the session.

    """
    said = {
        "": "220 ready",
        "USER": "331 who",
        "PASS": "230 in",
        "TYPE": "200 ok",
        "SIZE": "502 what",
        "PASV": "227 (127,0,0,1,{port})",
        "REST": "350 ok",
        "RETR": "150 here",
        **(replies or {}),
    }

    def behave(connection: Connection) -> None:
        _converse(connection, said, data or sending(b"data"), last)

    return behave


def sending(content: bytes) -> Data:
    """Return what sends a content and ends."""
    return lambda peer: peer.sendall(content)


def pouring(peer: socket.socket) -> None:
    """Send data without end."""
    while True:
        peer.sendall(b"x" * 65536)


def holding(peer: socket.socket) -> None:
    """Take the connection and send nothing until the client goes."""
    peer.recv(1)


def trickling(peer: socket.socket) -> None:
    """Send a byte now and then, until the client goes."""
    peer.settimeout(0.05)
    while True:
        peer.sendall(b"x")
        with contextlib.suppress(TimeoutError):
            if not peer.recv(1):
                return


def _converse(
    connection: Connection, said: Mapping[str, str], data: Data, last: str
) -> None:
    connection.send(f"{said['']}\r\n".encode("latin-1"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        listener.settimeout(5)
        while line := connection.read_line():
            connection.request += line + b"\n"
            command = line.decode("latin-1").split(" ", maxsplit=1)[0]
            reply = said.get(command, "502 what")
            reply = reply.replace("{port}", f"{port >> 8},{port & 255}")
            connection.send(f"{reply}\r\n".encode("latin-1", errors="replace"))
            if command in _TRANSFERS and said["PASV"].startswith("2"):
                _transfer(listener, data if reply.startswith("1") else sending(b""))
            if command in _TRANSFERS and reply.startswith("1"):
                connection.send(f"{said.get('end', '226 done')}\r\n".encode("latin-1"))
            if command == last:
                return


def _transfer(listener: socket.socket, data: Data) -> None:
    peer, _ = listener.accept()
    with peer, contextlib.suppress(OSError):
        data(peer)
