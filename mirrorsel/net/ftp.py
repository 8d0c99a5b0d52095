"""One bounded fetch of one file by FTP."""

import ftplib
from functools import partial

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.address import Address, Resolver, resolve
from mirrorsel.net.candidates import candidates, first_reached
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.fetch import Fetched
from mirrorsel.net.ftp_failure import cannot_start_within
from mirrorsel.net.ftp_session import Session, opened
from mirrorsel.net.limits import Limits
from mirrorsel.net.span import Span
from mirrorsel.net.target import Target

# The most bytes that are read for the sake of those behind them.
_SKIPPED = 65536


def fetch_ftp(
    url: str, limits: Limits, *, span: Span | None = None, resolve: Resolver = resolve
) -> Fetched:
    """Get a file by FTP (RFC 959), anonymously and in binary.

    The path is relative to the folder in which the server lets the user begin (RFC
    1738, section 3.2.2). A server that cannot start within a file (RFC 3659, section
    5) is asked from the beginning on: what lies before a part is skipped where that is
    little, else the body is the beginning of the file.

    Args:
        url: An ftp URL without a user name.
        limits: What it may cost, and where it may go; `limits.overhead` is for what
            the server says on the control connection. Where there is a span, its
            length counts instead of `limits.size`.
        span: The part of the file that is wanted; None for all of it.
        resolve: Gives the addresses of a host that may be tried, of one at least.

    Raises:
        FetchError: anything but what was asked for within the limits; its detail is
            fit to be shown.

    """
    target = Target.of(url, "ftp", ftplib.FTP_PORT)
    with Deadline(limits.deadline) as deadline:
        addresses = candidates(target.host, limits, deadline, resolve)
        ask = partial(_Download(url, target, span, limits).fetch, deadline)
        return first_reached(addresses, ask, deadline)


class _Download:
    """What one fetch is about."""

    def __init__(
        self, url: str, target: Target, span: Span | None, limits: Limits
    ) -> None:
        self._url = url
        self._target = target
        self._span = span
        self._limits = limits

    def fetch(self, deadline: Deadline, to: Address) -> Fetched:
        """Get the file from one address."""
        with opened(to, self._limits, deadline) as session:
            return self._fetch(session, to.family)

    def _fetch(self, session: Session, family: int) -> Fetched:
        session.start(self._target.port)
        name = self._target.path.decode(session.encoding)
        size = session.size_of(name)
        if self._span is None:
            body, start = self._whole(session, name, size), 0
        elif size is not None and size <= self._span.start:
            # There is no such part, which is for the caller to judge.
            body, start = b"", self._span.start
        else:
            body, start = self._part(session, name, self._span)
            if size is not None and len(body) < min(self._span.length, size - start):
                detail = f"{len(body)} bytes from {start} on, not a part of {size}"
                raise FetchError(Outcome.PROTOCOL, detail)
        session.leave()
        return Fetched(url=self._url, body=body, family=family, start=start, size=size)

    def _whole(self, session: Session, name: str, size: int | None) -> bytes:
        body = session.read(name, 0, self._limits.size + 1)
        if len(body) > self._limits.size:
            detail = f"more than {self._limits.size} bytes"
            raise FetchError(Outcome.TOO_LARGE, detail)
        if size is not None and len(body) != size:
            detail = f"{len(body)} bytes instead of {size}"
            raise FetchError(Outcome.PROTOCOL, detail)
        return body

    def _part(self, session: Session, name: str, span: Span) -> tuple[bytes, int]:
        try:
            return session.read(name, span.start, span.length), span.start
        except ftplib.error_perm as error:
            if not span.start or not cannot_start_within(error):
                raise
        if span.start > _SKIPPED:
            return session.read(name, 0, span.length), 0
        body = session.read(name, 0, span.start + span.length)
        return body[span.start :], span.start
