"""One bounded fetch of one small file."""

from dataclasses import dataclass

from mirrorsel.errors import FetchError
from mirrorsel.model import Certificate
from mirrorsel.net.address import Resolver, resolve
from mirrorsel.net.body import BodyReader
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.exchange import Arrived, Exchange
from mirrorsel.net.failure import translated
from mirrorsel.net.limits import Limits
from mirrorsel.net.ranges import range_of
from mirrorsel.net.redirect import reach_end, redirected
from mirrorsel.net.request import prepare
from mirrorsel.net.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer that kept to the limits."""

    url: str
    """Where it came from in the end."""
    body: bytes
    """As it was sent; a body with a content coding is never accepted."""
    family: int
    """The IP family that was used: 4 or 6."""
    certificate: Certificate | None = None
    """What the server showed; None without TLS."""
    start: int = 0
    """Where in the file the body begins."""
    size: int | None = None
    """The bytes of the whole file; None where the server does not tell them."""


def fetch(
    url: str,
    limits: Limits,
    *,
    span: Span | None = None,
    resolve: Resolver = resolve,
) -> Fetched:
    """Get a file by http or https, or a part, as its bytes stand on the server.

    Proxies and credentials of the environment are ignored. The connection goes to
    the very address that was checked, IPv4 before IPv6. Redirects are followed
    only to the same file name, and never from https to http.

    Args:
        url: An http or https URL.
        limits: What it may cost, and where it may go. Where there is a span, its
            length counts instead of `limits.size`.
        span: The part that is asked for; None for the whole file. Of a server that
            knows no parts it is the first bytes, so many as were asked for.
        resolve: Gives the addresses of a host that may be tried, of one at least.

    Raises:
        FetchError: anything but a whole answer with status 200, or that part with
            206, within the limits; a web page in the place of a file is none. Its
            detail is fit to be shown.

    """
    with Deadline(limits.deadline) as deadline:
        fetcher = _Fetcher(limits, deadline, resolve, span)
        try:
            return fetcher.fetch(url)
        except FetchError as error:
            error.family = error.family or fetcher.family
            error.url = fetcher.url
            error.certificate = fetcher.certificate
            raise


class _Fetcher:
    """The hops of one fetch, which share a deadline."""

    def __init__(
        self, limits: Limits, deadline: Deadline, resolve: Resolver, span: Span | None
    ) -> None:
        self._limits = limits
        self._span = span
        self._size = span.length if span else limits.size
        self._exchange = Exchange(limits, deadline, resolve)
        self._reader = BodyReader(limits.size, span, deadline)
        self.family: int | None = None
        """The IP family of the last answer."""
        self.url = ""
        """The URL that was answered last."""
        self.certificate: Certificate | None = None
        """What came with that answer."""

    def fetch(self, url: str) -> Fetched:
        """Return the answer at the end of the redirects."""
        return reach_end(url, self._limits.redirects, self._get)

    def _get(self, url: str) -> Fetched | str:
        """Return the answer, or where it redirects to."""
        with translated(self._exchange.deadline):
            request = prepare(url)
        if self._span is not None:
            request.headers["Range"] = range_of(self._span)
        return self._exchange.send(request, self._size, self._read)

    def _read(self, arrived: Arrived) -> Fetched | str:
        response = arrived.response
        self.family, self.url = arrived.family, response.url
        self.certificate = arrived.certificate
        location = redirected(response)
        if location is not None:
            return location
        body = self._reader.read(response)
        return Fetched(
            url=response.url,
            body=body.content,
            family=arrived.family,
            certificate=arrived.certificate,
            start=body.start,
            size=body.size,
        )
