"""One bounded fetch of one small file."""

from contextlib import closing
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from urllib.parse import urlsplit

import requests

from mirrorsel.errors import FetchError
from mirrorsel.model import Certificate, Outcome
from mirrorsel.net.address import Address, Resolver, resolve
from mirrorsel.net.body import BodyReader
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.failure import HTTP_ERRORS, never_connected, translate
from mirrorsel.net.limits import Limits
from mirrorsel.net.pinned import PinnedAdapter
from mirrorsel.net.plain import plain
from mirrorsel.net.ranges import range_of
from mirrorsel.net.redirect import STATUSES, follow
from mirrorsel.net.span import Span

# Enough for a host with a few dead addresses, yet bounded.
_ADDRESSES = 4


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
            error.family = fetcher.family
            error.url = fetcher.url
            error.certificate = fetcher.certificate
            raise


class _Fetcher:
    """The hops of one fetch, which share a deadline."""

    def __init__(
        self, limits: Limits, deadline: Deadline, resolve: Resolver, span: Span | None
    ) -> None:
        self._limits = limits
        self._deadline = deadline
        self._resolve = resolve
        self._span = span
        self._reader = BodyReader(limits.size, span, deadline)
        self.family: int | None = None
        """The IP family that was tried last."""
        self.url = ""
        """The URL that was answered last."""
        self.certificate: Certificate | None = None
        """What came with that answer."""

    def fetch(self, url: str) -> Fetched:
        """Return the answer at the end of the redirects."""
        for _ in range(self._limits.redirects + 1):
            found = self._get(url)
            if isinstance(found, Fetched):
                return found
            url = follow(url, found)
        detail = f"more than {self._limits.redirects} redirects"
        raise FetchError(Outcome.REDIRECTED, detail)

    def _get(self, url: str) -> Fetched | str:
        """Return the answer, or where it redirects to."""
        try:
            request = prepare(url)
            if self._span is not None:
                request.headers["Range"] = range_of(self._span)
            return self._try_addresses(request)
        except HTTP_ERRORS as error:
            self._deadline.check()
            raise translate(error) from error

    def _try_addresses(self, request: requests.PreparedRequest) -> Fetched | str:
        *others, last = self._addresses(urlsplit(request.url or "").hostname or "")
        for address in others:
            try:
                return self._ask(request, address)
            except HTTP_ERRORS as error:
                self._deadline.check()
                if not never_connected(error):
                    raise
        return self._ask(request, last)

    def _addresses(self, host: str) -> tuple[Address, ...]:
        find = partial(self._resolve, host, private=self._limits.private_addresses)
        found = self._deadline.wait_for(find)
        tried = tuple(one for one in found if one.family in self._limits.families)
        if not tried:
            names = " or ".join(f"IPv{one}" for one in sorted(self._limits.families))
            raise FetchError(Outcome.DNS, f"{plain(host)} has no address of {names}")
        return tried[:_ADDRESSES]

    def _ask(self, request: requests.PreparedRequest, to: Address) -> Fetched | str:
        self.family = to.family
        limits = self._limits
        patience = min(limits.timeout, self._deadline.remaining)
        size = self._span.length if self._span else limits.size
        allowance = size + limits.overhead
        # Without a session: that would read the body of a redirect to its end, and
        # take proxies and credentials from the environment.
        with (
            closing(PinnedAdapter(to.text, self._deadline, allowance)) as adapter,
            adapter.send(
                request,
                stream=True,
                timeout=(patience, patience),
                verify=limits.authorities or True,
            ) as response,
        ):
            self.url, self.certificate = response.url, adapter.certificate
            if response.status_code in STATUSES and "Location" in response.headers:
                return _location(response)
            body = self._reader.read(response)
            return Fetched(
                url=response.url,
                body=body.content,
                family=to.family,
                certificate=adapter.certificate,
                start=body.start,
                size=body.size,
            )


def _location(response: requests.Response) -> str:
    """Return where an answer redirects to, in UTF-8 where it is not ASCII.

    Other bytes are no URI reference (RFC 9110, section 10.2.2): a ValueError.
    """
    return response.headers["Location"].encode("latin-1").decode()


def prepare(url: str) -> requests.PreparedRequest:
    """Return the request for a URL, which says what asks and wants no coding."""
    headers = {
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "User-Agent": f"mirrorsel/{_version()} (+mirror health check)",
    }
    request = requests.Request("GET", url, headers=headers).prepare()
    # The connection knows only the address; the name has its final form here.
    request.headers["Host"] = urlsplit(request.url or url).netloc
    return request


def _version() -> str:
    try:
        return metadata.version("mirrorsel")
    except metadata.PackageNotFoundError:
        return "unreleased"
