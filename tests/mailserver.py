"""A real mail server on a loopback address, which refuses what it is told to."""

import asyncio
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from types import TracebackType
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

_DROP = "drop"
"""The reply of a server that closes the connection instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A mail that the server took."""

    sender: str
    to: tuple[str, ...]
    tls: bool
    user: str
    mail: EmailMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a server behaves."""

    tls: ssl.SSLContext | None = None
    """For a server that speaks TLS from the first byte."""
    starttls: ssl.SSLContext | None = None
    """For one that takes it up on a command, and nothing without it."""
    password: str = ""
    """That of the user `mirrorsel`; nobody need log in if it is empty."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """Its replies to receivers by their addresses; `drop` to close the connection."""
    answers: str = ""
    """Its reply to each text; empty to take it."""


class MailServer:
    """A server that runs in a thread of its own until the end of the `with` block.

    Args:
        manner: How it behaves.
        host: Its address.

    """

    def __init__(self, manner: Manner | None = None, host: str = "127.0.0.1") -> None:
        self.manner = manner or Manner()
        self.host = host
        self.port = 0
        self.received: list[Received] = []
        self.sessions = 0
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(5)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def mail(self) -> EmailMessage:
        """Return the one mail that was received."""
        (received,) = self.received
        return received.mail

    def _run(self) -> None:
        loop = self._loop
        listener = loop.run_until_complete(
            loop.create_server(self._protocol, self.host, 0, ssl=self.manner.tls)
        )
        self.port = listener.sockets[0].getsockname()[1]
        self._ready.set()
        loop.run_forever()
        listener.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.05))
        loop.close()

    def _protocol(self) -> SMTP:
        self.sessions += 1
        manner = self.manner
        return SMTP(
            _Handler(self),
            loop=self._loop,
            hostname="mail.example.org",
            tls_context=manner.starttls,
            require_starttls=manner.starttls is not None,
            authenticator=self._authenticate if manner.password else None,
            # The library warns of a login without its own TLS, in whatever it runs.
            auth_required=bool(manner.password) and manner.tls is None,
            auth_require_tls=manner.tls is None,
        )

    def _authenticate(
        self, server: Any, session: Session, envelope: Envelope, way: str, data: Any
    ) -> AuthResult:
        del server, session, envelope, way
        given = (data.login, data.password)
        good = given == (b"mirrorsel", self.manner.password.encode())
        return AuthResult(success=good, handled=False, auth_data=data)


def _transport(server: SMTP) -> asyncio.BaseTransport:
    transport: Any = server.transport
    assert isinstance(transport, asyncio.BaseTransport)
    return transport


def _login(session: Session) -> str:
    data: Any = session.auth_data
    return data.login.decode() if data else ""


class _Handler:
    """What the server does with receivers and texts."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    # The names and the arguments are those of the library.
    async def handle_RCPT(  # noqa: N802
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        del session, options
        reply = self._server.manner.refused.get(address, "250 OK")
        if reply == _DROP:
            _transport(server).close()
        elif reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        del server
        if self._server.manner.answers:
            return self._server.manner.answers
        content, login = envelope.content, _login(session)
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, EmailMessage, policy=default)
        received = Received(
            sender=envelope.mail_from or "",
            to=tuple(envelope.rcpt_tos),
            tls=bool(session.ssl) or self._server.manner.tls is not None,
            user=login,
            mail=mail,
        )
        self._server.received.append(received)
        return "250 OK"
