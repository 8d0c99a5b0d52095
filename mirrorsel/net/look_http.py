"""What a mirror says of one file by HTTP."""

from dataclasses import dataclass

import requests

from mirrorsel.errors import FetchError
from mirrorsel.listing import ListedFile
from mirrorsel.model import Outcome
from mirrorsel.net.address import Resolver
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.exchange import Arrived, Exchange
from mirrorsel.net.failure import translated
from mirrorsel.net.fetch import fetch
from mirrorsel.net.head import announced_size, is_coded, refusal
from mirrorsel.net.limits import Limits
from mirrorsel.net.page import is_page_type, may_be_page
from mirrorsel.net.redirect import reach_end, redirected
from mirrorsel.net.request import prepare
from mirrorsel.net.span import Span

_MISSING = frozenset({404, 410})
# Servers that do not know HEAD, and those that keep it to themselves.
_REFUSING_HEAD = frozenset({400, 403, 405, 406, 500, 501, 503})
# Enough to know a page by.
_START = Span(0, 64)


@dataclass(frozen=True, slots=True)
class _Refusal:
    """The server does not say by HEAD what it has."""


def look_http(
    url: str, path: str, limits: Limits, resolve: Resolver
) -> ListedFile | None:
    """Return what the head of the answer says; None for no such file.

    A server that refuses HEAD, or does not tell the size, is asked for a few bytes.
    """
    with Deadline(limits.deadline) as deadline:
        found = _Look(path, Exchange(limits, deadline, resolve)).look(url)
    if isinstance(found, _Refusal):
        return _look_at_start(url, path, limits, resolve)
    return found


def _look_at_start(
    url: str, path: str, limits: Limits, resolve: Resolver
) -> ListedFile | None:
    try:
        fetched = fetch(url, limits, span=_START, resolve=resolve)
    except FetchError as error:
        if error.outcome == Outcome.SOFT_404 or error.status in _MISSING:
            return None
        # An empty file has no first byte (RFC 9110, section 14.4).
        if error.outcome == Outcome.BAD_SIZE and error.detail == "0 bytes":
            return ListedFile(path=path, size=0)
        raise
    return ListedFile(path=path, size=fetched.size)


class _Look:
    """The hops of one question, which share a deadline."""

    def __init__(self, path: str, exchange: Exchange) -> None:
        self._path = path
        self._exchange = exchange

    def look(self, url: str) -> ListedFile | _Refusal | None:
        """Return what is said at the end of the redirects, or that HEAD is refused."""
        return reach_end(url, self._exchange.limits.redirects, self._ask)

    def _ask(self, url: str) -> ListedFile | _Refusal | str | None:
        """Return what is said there, or where it redirects to."""
        with translated(self._exchange.deadline):
            request = prepare(url)
        request.prepare_method("HEAD")
        return self._exchange.send(request, 0, self._read)

    def _read(self, arrived: Arrived) -> ListedFile | _Refusal | str | None:
        location = redirected(arrived.response)
        return location if location is not None else self._of(arrived.response)

    def _of(self, response: requests.Response) -> ListedFile | _Refusal | None:
        status = response.status_code
        if status in _MISSING:
            return None
        if status in _REFUSING_HEAD:
            return _Refusal()
        if status != requests.codes.ok:
            raise refusal(response)
        is_page = is_page_type(response.headers.get("Content-Type", ""))
        if is_page and not may_be_page(response.url):
            return None
        if is_coded(response):
            return ListedFile(path=self._path)
        size = announced_size(response)
        return _Refusal() if size is None else ListedFile(path=self._path, size=size)
