"""One bounded question to a server, whose answer may be of any status."""

from dataclasses import replace

import requests

from mirrorsel.answer import Answer
from mirrorsel.net.address import Resolver, resolve
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.exchange import Arrived, Exchange
from mirrorsel.net.failure import translated
from mirrorsel.net.limits import Limits
from mirrorsel.net.redirect import reach_end, redirected
from mirrorsel.net.request import prepare

_CHUNK = 4096


def ask(
    url: str, limits: Limits, *, coding: str = "identity", resolve: Resolver = resolve
) -> Answer:
    """Get a URL by http or https, and tell all of the answer.

    The connection is as safe as that of `mirrorsel.net.fetch`, but a status, a
    content coding or a longer body is an answer too: the body is cut, and not read
    at all where `limits.size` is 0. Where `limits.redirects` is 0, a redirect is
    the answer; else it is followed as `fetch` does.

    Args:
        url: An http or https URL.
        limits: What it may cost, and where it may go.
        coding: What the header `Accept-Encoding` asks for.
        resolve: Gives the addresses of a host that may be tried, of one at least.

    Raises:
        FetchError: there is no answer within the limits, or a redirect leads where
            none is followed to; its detail is fit to be shown.

    """
    with Deadline(limits.deadline) as deadline:
        return _Asker(Exchange(limits, deadline, resolve), coding).ask(url)


def head_of(arrived: Arrived) -> Answer:
    """Return an answer without its body."""
    response, shown = arrived.response, arrived.certificate
    return Answer(
        url=response.url,
        status=response.status_code,
        reason=response.reason or "",
        headers={name.lower(): one for name, one in response.headers.items()},
        expiry=shown.expiry if shown else None,
    )


def answer_of(arrived: Arrived, size: int) -> Answer:
    """Return an answer with the first bytes of its body, so many at most."""
    body = _read_body(arrived.response, size)
    return replace(head_of(arrived), body=body[:size], whole=len(body) <= size)


def _read_body(response: requests.Response, size: int) -> bytes:
    """Return the body as it was sent, with a little more than is wanted."""
    body = b""
    if not size:
        return body
    for chunk in response.raw.stream(_CHUNK, decode_content=False):
        body += chunk
        if len(body) > size:
            return body
    return body


class _Asker:
    """The hops of one question, which share a deadline."""

    def __init__(self, exchange: Exchange, coding: str) -> None:
        self._exchange = exchange
        self._limits = exchange.limits
        self._coding = coding

    def ask(self, url: str) -> Answer:
        """Return the answer at the end of the redirects."""
        return reach_end(url, self._limits.redirects, self._get)

    def _get(self, url: str) -> Answer | str:
        """Return the answer, or where it redirects to."""
        with translated(self._exchange.deadline):
            request = prepare(url)
        request.headers["Accept-Encoding"] = self._coding
        return self._exchange.send(request, self._limits.size, self._read)

    def _read(self, arrived: Arrived) -> Answer | str:
        answer = answer_of(arrived, self._limits.size)
        if answer.whole:
            # A body without a length ends as well when the deadline cuts it.
            self._exchange.deadline.check()
        location = redirected(arrived.response)
        return location if location is not None and self._limits.redirects else answer
