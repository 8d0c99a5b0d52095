"""One session with a mail server, bounded in bytes and in time."""

import platform
import smtplib
import socket
import ssl
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from mirrorsel.net import Limits
from mirrorsel.net.address import Resolver
from mirrorsel.net.candidates import candidates
from mirrorsel.net.deadline import Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mail server, and how it wants to be spoken to."""

    host: str
    """A name or an address, without brackets."""
    port: int = 25
    security: str = "none"
    """`none`, `starttls` or `tls`."""


class Session(smtplib.SMTP):
    """A session in which every byte and second counts.

    The library bounds neither the lines of a reply nor the time of a session, and
    looks names up without a limit. With TLS the server's certificate must be good
    for its name, or there is no session.

    Args:
        server: The server.
        limits: What it may cost; its `overhead` bounds what the server says.
        deadline: The end of the session.
        resolve: Gives the addresses of a host that may be tried, of one at least.

    Raises:
        smtplib.SMTPException: the server refuses.
        OSError: there is no connection, or no TLS.
        FetchError: the host has no address, or the end came first.

    """

    def __init__(
        self, server: Server, limits: Limits, deadline: Deadline, resolve: Resolver
    ) -> None:
        self._server = server
        self._resolve = resolve
        self._address = ""
        self._limits = limits
        self._deadline = deadline
        self._context = ssl.create_default_context(cafile=limits.authorities)
        with ExitStack() as on_failure:
            on_failure.callback(self.close)
            # Without a name the library would look one up, for as long as that takes.
            super().__init__(server.host, server.port, "localhost", limits.timeout)
            self.local_hostname = own_name(platform.node(), self._address)
            if server.security == "starttls":
                self.starttls(context=self._context)
            on_failure.pop_all()

    def getreply(self) -> tuple[int, bytes]:
        """Read a reply, as long as the server has not said too much."""
        if self.file is None and self.sock is not None:
            # The library reads from here, and asks for a new one after STARTTLS.
            self.file = _Lines(self.sock.makefile("rb"), self._limits.overhead)
        return super().getreply()

    # The one place between the look-up and the first byte; the library's own
    # SMTP_SSL overrides it too.
    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        *others, last = candidates(host, self._limits, self._deadline, self._resolve)
        for address in others:
            connected = _try_to_connect(address.text, port, timeout)
            if connected is not None:
                return self._secured(connected)
        return self._secured(socket.create_connection((last.text, port), timeout))

    def _secured(self, connected: socket.socket) -> socket.socket:
        self._deadline.guard(connected)
        self._address = connected.getsockname()[0]
        if self._server.security != "tls":
            return connected
        return self._context.wrap_socket(connected, server_hostname=self._server.host)


class _Lines:
    """The lines of a server, up to a number of bytes."""

    def __init__(self, source: Any, allowance: int) -> None:
        self._source = source
        self._left = allowance

    def readline(self, size: int) -> bytes:
        line: bytes = self._source.readline(size)
        self._left -= len(line)
        if self._left < 0:
            raise OSError("it says too much")
        return line

    def close(self) -> None:
        self._source.close()


def _try_to_connect(address: str, port: int, timeout: float) -> socket.socket | None:
    try:
        return socket.create_connection((address, port), timeout)
    except OSError:
        return None


def own_name(node: str, address: str) -> str:
    """Return how a client names itself (RFC 5321, section 4.1.3).

    Args:
        node: The name of this machine; it is taken if it has a domain.
        address: The address from which the client speaks.

    """
    if "." in node:
        return node
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"
