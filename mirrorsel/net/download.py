"""One bounded download of one file, into a file of our own."""

from collections.abc import Callable
from typing import BinaryIO, TypeAlias

import requests

from mirrorsel.answer import Answer
from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.address import Resolver, resolve
from mirrorsel.net.answer import answer_of, head_of
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.exchange import Arrived, Exchange
from mirrorsel.net.failure import translated
from mirrorsel.net.head import announced_size
from mirrorsel.net.limits import Limits
from mirrorsel.net.redirect import follow, reach_end, redirected, same_origin
from mirrorsel.net.request import prepare

Progress: TypeAlias = Callable[[int, int | None], None]
"""Is told how many bytes have come, and of how many if that is known."""

_CHUNK = 65536
_ERRAND = "database update"
# Of an answer that is not the file, which may say in words what is wrong.
_WORDS = 4096


def no_progress(done: int, total: int | None) -> None:
    """Take no notice of how far a download is."""
    del done, total


def download(  # noqa: PLR0913 - all but the first three have defaults
    url: str,
    into: BinaryIO,
    limits: Limits,
    *,
    authorization: str = "",
    progress: Progress = no_progress,
    resolve: Resolver = resolve,
) -> Answer:
    """Get a file by http or https, as its bytes stand on the server.

    Proxies and credentials of the environment are ignored, and the connection goes
    to the very address that was checked. Redirects are followed to any host and
    file name, but never from https to http.

    Args:
        url: An http or https URL.
        into: Gets the body of an answer with status 200, and nothing of any other:
            of that the `Answer` has the first bytes.
        limits: What it may cost, and where it may go.
        authorization: The header `Authorization` (RFC 9110, section 11.6.2). It is
            sent to the scheme, host and port of `url` and, once a redirect has led
            elsewhere, to nobody.
        progress: Is told how far it is.
        resolve: Gives the addresses of a host that may be tried, of one at least.

    Raises:
        FetchError: there is no whole answer within the limits; its detail is fit to
            be shown.
        OSError: `into` cannot be written.

    """
    with Deadline(limits.deadline) as deadline:
        exchange = Exchange(limits, deadline, resolve)
        hops = _Download(exchange, into, authorization, progress)
        return reach_end(url, limits.redirects, hops.get, hops.lead)


class _Download:
    """The hops of one download, which share a deadline."""

    def __init__(
        self,
        exchange: Exchange,
        into: BinaryIO,
        authorization: str,
        progress: Progress,
    ) -> None:
        self._exchange = exchange
        self._limits = exchange.limits
        self._into = into
        self._authorization = authorization
        self._progress = progress

    def lead(self, url: str, location: str) -> str:
        """Return where a redirect leads, and keep the credentials from others."""
        target = follow(url, location, renamed=True)
        if not same_origin(target, url):
            self._authorization = ""
        return target

    def get(self, url: str) -> Answer | str:
        """Return the answer, or where it redirects to."""
        with translated(self._exchange.deadline):
            request = prepare(url, _ERRAND)
        if self._authorization:
            request.headers["Authorization"] = self._authorization
        return self._exchange.send(request, self._limits.size, self._read)

    def _read(self, arrived: Arrived) -> Answer | str:
        response = arrived.response
        location = redirected(response)
        if location is not None:
            return location
        if response.status_code == requests.codes.ok:
            self._take(response)
            return head_of(arrived)
        return answer_of(arrived, _WORDS)

    def _take(self, response: requests.Response) -> None:
        total, done = announced_size(response), 0
        if total is not None and total > self._limits.size:
            raise self._too_large(total)
        for chunk in response.raw.stream(_CHUNK, decode_content=False):
            done += len(chunk)
            if done > self._limits.size:
                raise self._too_large(done)
            self._into.write(chunk)
            self._progress(done, total)
        # A body without a length ends as well when the deadline cuts it.
        self._exchange.deadline.check()

    def _too_large(self, size: int) -> FetchError:
        detail = f"{size} bytes, where {self._limits.size} are allowed"
        return FetchError(Outcome.TOO_LARGE, detail)
