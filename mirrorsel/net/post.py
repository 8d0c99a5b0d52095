"""One bounded message to a server, as a POST request."""

from collections.abc import Mapping

import requests

from mirrorsel.answer import Answer
from mirrorsel.net.address import Resolver, resolve
from mirrorsel.net.answer import head_of
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.exchange import Exchange
from mirrorsel.net.failure import translated
from mirrorsel.net.limits import Limits
from mirrorsel.net.request import prepare


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
        with translated(deadline):
            request = _request(url, body, headers)
        return Exchange(limits, deadline, resolve).send(request, 0, head_of)


def _request(
    url: str, body: bytes, headers: Mapping[str, str]
) -> requests.PreparedRequest:
    request = prepare(url)
    request.prepare_method("POST")
    request.prepare_body(body, files=None)
    request.headers.update(headers)
    return request
