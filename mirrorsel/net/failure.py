"""What an exception of the HTTP library says of a mirror."""

import errno
import http.client
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import requests
from urllib3.exceptions import HTTPError, NewConnectionError, ReadTimeoutError

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.broken_off import BrokenOffError
from mirrorsel.net.candidates import UnreachedError
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.plain import plain
from mirrorsel.net.tls import why_no_tls

HTTP_ERRORS = (requests.RequestException, HTTPError, ValueError)
"""What the HTTP library raises at an answer; ValueError where that makes no sense.

UnicodeError is a ValueError too.
"""
NO_ROUTE = frozenset({errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})
"""This machine's own lack; that a host cannot be reached may be the host's."""

# Where in its own source Python met an error of TLS.
_PLACE = re.compile(r"^_ssl\.c:\d+: ?|\s*\(_ssl\.c:\d+\)$")
_ENDED = (http.client.RemoteDisconnected, http.client.IncompleteRead)


@contextmanager
def translated(deadline: Deadline) -> Iterator[None]:
    """Raise what the HTTP library raises as one of the outcomes.

    What the deadline cut off fails in any way; its outcome is DEADLINE.
    """
    try:
        yield
    except HTTP_ERRORS as error:
        deadline.check()
        raise translate(error) from error


def never_connected(error: Exception) -> bool:
    """Return whether there was no connection, so that another address may do."""
    return isinstance(error, requests.ConnectTimeout) or any(
        isinstance(one, NewConnectionError) for one in _causes(error)
    )


def translate(error: Exception) -> FetchError:
    """Return the failure as one of the outcomes, with a detail for a person."""
    causes = list(_causes(error))
    kind: type[FetchError] = FetchError
    if never_connected(error):
        kind = UnreachedError
    elif any(isinstance(one, _ENDED) for one in causes):
        kind = BrokenOffError
    return kind(_outcome(error, causes), plain(_words(causes[-1])))


def _outcome(error: Exception, causes: list[BaseException]) -> Outcome:
    if isinstance(error, requests.exceptions.SSLError):
        return why_no_tls(causes)
    kinds = (requests.Timeout, ReadTimeoutError, TimeoutError)
    if any(isinstance(one, kinds) for one in causes):
        return Outcome.TIMEOUT
    if any(isinstance(one, http.client.HTTPException) for one in causes):
        return Outcome.PROTOCOL
    broken = [one for one in causes[1:] if isinstance(one, OSError)]
    if broken and never_connected(error) and broken[-1].errno in NO_ROUTE:
        return Outcome.NO_ROUTE
    return Outcome.REFUSED if broken else Outcome.PROTOCOL


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and what it wraps, outermost first.

    The libraries pass what they wrap as an argument, as `reason` or as the cause.
    """
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        wrapped = (getattr(current, "reason", None), *reversed(current.args))
        inner = (one for one in wrapped if isinstance(one, BaseException))
        current = next(inner, current.__cause__)


def _words(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return _PLACE.sub("", str(error)) or type(error).__name__
