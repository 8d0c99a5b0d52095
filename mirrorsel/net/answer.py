"""One bounded question to a server, whose answer may be of any status."""

from contextlib import closing
from functools import partial
from urllib.parse import urlsplit

import requests

from mirrorsel.answer import Answer
from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.address import Address, Resolver, resolve
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.failure import HTTP_ERRORS, never_connected, translate
from mirrorsel.net.fetch import prepare
from mirrorsel.net.limits import Limits
from mirrorsel.net.pinned import PinnedAdapter
from mirrorsel.net.plain import plain
from mirrorsel.net.redirect import STATUSES, follow

_ADDRESSES = 4
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
        return _Asker(limits, deadline, coding, resolve).ask(url)


class _Asker:
    """The hops of one question, which share a deadline."""

    def __init__(
        self, limits: Limits, deadline: Deadline, coding: str, resolve: Resolver
    ) -> None:
        self._limits = limits
        self._deadline = deadline
        self._coding = coding
        self._resolve = resolve

    def ask(self, url: str) -> Answer:
        """Return the answer at the end of the redirects."""
        answer, location = self._get(url)
        for _ in range(self._limits.redirects):
            if location is None:
                return answer
            answer, location = self._get(follow(answer.url, location))
        if self._limits.redirects and location is not None:
            detail = f"more than {self._limits.redirects} redirects"
            raise FetchError(Outcome.REDIRECTED, detail)
        return answer

    def _get(self, url: str) -> tuple[Answer, str | None]:
        """Return an answer, with where it redirects to."""
        try:
            request = prepare(url)
            request.headers["Accept-Encoding"] = self._coding
            answer = self._try_addresses(request)
            return answer, _location(answer)
        except HTTP_ERRORS as error:
            self._deadline.check()
            raise translate(error) from error

    def _try_addresses(self, request: requests.PreparedRequest) -> Answer:
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
            detail = f"{plain(host)} has no address of a family that may be tried"
            raise FetchError(Outcome.DNS, detail)
        return tried[:_ADDRESSES]

    def _ask(self, request: requests.PreparedRequest, to: Address) -> Answer:
        limits = self._limits
        patience = min(limits.timeout, self._deadline.remaining)
        allowance = limits.size + limits.overhead
        with (
            closing(PinnedAdapter(to.text, self._deadline, allowance)) as adapter,
            adapter.send(
                request,
                stream=True,
                timeout=(patience, patience),
                verify=limits.authorities or True,
            ) as response,
        ):
            body = self._body(response)
            return Answer(
                url=response.url,
                status=response.status_code,
                reason=response.reason or "",
                headers={name.lower(): one for name, one in response.headers.items()},
                body=body[: limits.size],
                whole=len(body) <= limits.size,
                expiry=adapter.certificate.expiry if adapter.certificate else None,
            )

    def _body(self, response: requests.Response) -> bytes:
        """Return the body as it was sent, with a little more than is wanted."""
        body = b""
        if not self._limits.size:
            return body
        for chunk in response.raw.stream(_CHUNK, decode_content=False):
            body += chunk
            if len(body) > self._limits.size:
                return body
        # A body without a length ends as well when the deadline cuts it.
        self._deadline.check()
        return body


def _location(answer: Answer) -> str | None:
    """Return where an answer redirects to; see `mirrorsel.net.fetch`.

    Raises:
        ValueError: the header is not in UTF-8.

    """
    location = answer.headers.get("location")
    if answer.status not in STATUSES or location is None:
        return None
    return location.encode("latin-1").decode()
