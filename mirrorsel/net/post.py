"""One bounded message to a server, as a POST request."""

from collections.abc import Mapping
from contextlib import closing
from functools import partial
from urllib.parse import urlsplit

import requests

from mirrorsel.answer import Answer
from mirrorsel.net.address import Resolver, resolve
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.failure import HTTP_ERRORS, never_connected, translate
from mirrorsel.net.fetch import prepare
from mirrorsel.net.limits import Limits
from mirrorsel.net.pinned import PinnedAdapter

_ADDRESSES = 4


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    limits: Limits,
    *,
    resolve: Resolver = resolve,
) -> Answer:
    """Send a body to a URL by http or https, and tell the head of the answer.

    Proxies and credentials of the environment are ignored, a redirect is an answer
    like any other, and nothing of the answer's body is read. It is sent once: to
    another address of the host only where there was no connection.

    Args:
        url: An http or https URL.
        body: What is sent.
        headers: Those of the request beyond the usual; `Content-Type` among them.
        limits: What it may cost, and where it may go.
        resolve: Gives the addresses of a host that may be tried, of one at least.

    Raises:
        FetchError: there is no answer within the limits; its detail is fit to be
            shown.

    """
    with Deadline(limits.deadline) as deadline:
        try:
            request = _request(url, body, headers)
            host = urlsplit(request.url or "").hostname or ""
            find = partial(resolve, host, private=limits.private_addresses)
            addresses = [one.text for one in deadline.wait_for(find)][:_ADDRESSES]
            return _send(request, addresses, limits, deadline)
        except HTTP_ERRORS as error:
            deadline.check()
            raise translate(error) from error


def _request(
    url: str, body: bytes, headers: Mapping[str, str]
) -> requests.PreparedRequest:
    request = prepare(url)
    request.prepare_method("POST")
    request.prepare_body(body, files=None)
    request.headers.update(headers)
    return request


def _send(
    request: requests.PreparedRequest,
    addresses: list[str],
    limits: Limits,
    deadline: Deadline,
) -> Answer:
    *others, last = addresses
    for address in others:
        try:
            return _send_to(address, request, limits, deadline)
        except HTTP_ERRORS as error:
            deadline.check()
            if not never_connected(error):
                raise
    return _send_to(last, request, limits, deadline)


def _send_to(
    address: str,
    request: requests.PreparedRequest,
    limits: Limits,
    deadline: Deadline,
) -> Answer:
    patience = min(limits.timeout, deadline.remaining)
    with (
        closing(PinnedAdapter(address, deadline, limits.overhead)) as adapter,
        adapter.send(
            request,
            stream=True,
            timeout=(patience, patience),
            verify=limits.authorities or True,
        ) as response,
    ):
        # Headers end as well when the deadline cuts them.
        deadline.check()
        return Answer(
            url=response.url,
            status=response.status_code,
            reason=response.reason or "",
            headers={name.lower(): one for name, one in response.headers.items()},
        )
