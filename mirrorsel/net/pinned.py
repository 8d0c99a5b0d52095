"""Connections to an address that was checked, under the name that was asked for."""

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection

from mirrorsel.model import Certificate
from mirrorsel.net.certificate import read_certificate
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.failure import translated
from mirrorsel.net.limits import Limits
from mirrorsel.net.metered import MeteredResponse


class Guard(Protocol):
    """What takes care of connections, as `mirrorsel.net.deadline.Deadline` does."""

    def guard(self, connection: socket.socket) -> None:
        """Take note of a new connection, before the first byte."""
        ...


class PinnedAdapter(HTTPAdapter):
    """A transport that connects to one address, whatever the name resolves to now.

    The certificate is checked against the name in the URL, which is also sent as
    SNI (RFC 6066, section 3).

    Args:
        address: The IPv4 or IPv6 address to connect to.
        guard: What shuts the connection down.
        allowance: Bytes of an answer, headers and framing included.

    """

    certificate: Certificate | None = None
    """What the server showed at the last TLS connection."""

    def __init__(self, address: str, guard: Guard, allowance: int) -> None:
        super().__init__()
        self.allowance = allowance
        self._address = address
        self._guard = guard

    @contextmanager
    def answer(
        self, request: PreparedRequest, limits: Limits, deadline: Deadline
    ) -> Iterator[Response]:
        """Send a request, and give the answer as long as it may be read.

        Raises:
            FetchError: what the HTTP library raised meanwhile, as one of the outcomes.

        """
        patience = min(limits.timeout, deadline.remaining)
        # Without a session: that would read the body of a redirect to its end, and
        # take proxies and credentials from the environment.
        with (
            translated(deadline),
            self.send(
                request,
                stream=True,
                timeout=(patience, patience),
                verify=limits.authorities or True,
            ) as response,
        ):
            # Headers end as well when the deadline cuts them.
            deadline.check()
            yield response

    # requests keeps the types of these two dictionaries, and of the pool, to itself.
    def build_connection_pool_key_attributes(
        self, request: PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[Any, Any]:
        """Put the address in the place of the name, which stays for TLS."""
        key, tls = super().build_connection_pool_key_attributes(request, verify, cert)
        name = key["host"]
        names = {"server_hostname": name, "assert_hostname": name}
        secure = key["scheme"] == "https"
        return {**key, "host": self._address}, {**tls, **(names if secure else {})}

    def get_connection_with_tls_context(
        self,
        request: PreparedRequest,
        verify: Any,
        proxies: Mapping[str, str] | None = None,
        cert: Any = None,
    ) -> Any:
        """Return a pool whose connections are guarded."""
        pool: Any = super().get_connection_with_tls_context(
            request, verify, proxies, cert
        )
        guarded = _SecureConnection if pool.scheme == "https" else _Connection
        pool.ConnectionCls = partial(guarded, self)
        return pool

    def opened(self, connection: socket.socket) -> None:
        """Take note of a new connection, before the first byte."""
        self._guard.guard(connection)

    def secured(self, connection: ssl.SSLSocket) -> None:
        """Take note of a TLS connection, after the handshake."""
        self.certificate = read_certificate(connection.getpeercert() or {})


class _Connection(HTTPConnection):
    # Called, never subclassed or compared, so that any function will do.
    response_class: Any

    def __init__(self, adapter: PinnedAdapter, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._adapter = adapter
        # The one place where http.client lets an answer be read in another way.
        self.response_class = partial(MeteredResponse, adapter.allowance)

    # The one place between connect(2) and the TLS handshake; urllib3's own SOCKS
    # support overrides it too.
    def _new_conn(self) -> socket.socket:
        connection = super()._new_conn()
        self._adapter.opened(connection)
        return connection


class _SecureConnection(_Connection, HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        if isinstance(self.sock, ssl.SSLSocket):
            self._adapter.secured(self.sock)
