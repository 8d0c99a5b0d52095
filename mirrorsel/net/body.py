"""The body of an answer, or as much of it as was asked for."""

from dataclasses import dataclass

import requests

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.head import announced_size, refusal, refuse_coding
from mirrorsel.net.page import begins_as_page, is_page_type, may_be_page
from mirrorsel.net.plain import plain
from mirrorsel.net.ranges import answers, read_content_range
from mirrorsel.net.span import Span

_CHUNK = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Bytes of a file, and where they stand in it."""

    content: bytes
    start: int
    size: int | None
    """Of the whole file; None where the server does not tell it."""


class BodyReader:
    """What is taken of answers, and what is refused.

    Args:
        size: The most bytes of a whole body.
        span: The part that is asked for; None for all of the file.
        deadline: What shuts the connection down.

    """

    def __init__(self, size: int, span: Span | None, deadline: Deadline) -> None:
        self._size = size
        self._span = span
        self._deadline = deadline

    def read(self, response: requests.Response) -> Body:
        """Return the file, or the part of it that an answer brings.

        A server may ignore that a part is asked for (RFC 9110, section 14.2): then
        it is the first bytes of the file, so many as were asked for.

        Raises:
            FetchError: the answer is not the file, or not that part of it.

        """
        partial = requests.codes.partial_content
        if self._span is not None and response.status_code == partial:
            return self._read_part(response, self._span)
        if response.status_code != requests.codes.ok:
            raise self._refusal(response)
        _check_fields(response)
        wanted = self._span.length if self._span else self._size + 1
        content = self._take(response, wanted)
        _check_start(response, content)
        if self._span is None and len(content) > self._size:
            raise FetchError(Outcome.TOO_LARGE, f"more than {self._size} bytes")
        return Body(content=content[:wanted], start=0, size=announced_size(response))

    def _read_part(self, response: requests.Response, span: Span) -> Body:
        field = response.headers.get("Content-Range", "")
        held = read_content_range(field)
        if held is None or held.part is None or not answers(held, span):
            detail = f"206 with Content-Range: {plain(field)}" if field else "bare 206"
            raise FetchError(Outcome.PROTOCOL, detail)
        _check_fields(response)
        content = self._take(response, held.part.length + 1)
        if not span.start:
            _check_start(response, content)
        if len(content) != held.part.length:
            detail = f"206 with other bytes than Content-Range: {plain(field)}"
            raise FetchError(Outcome.PROTOCOL, detail)
        return Body(content=content, start=span.start, size=held.size)

    def _refusal(self, response: requests.Response) -> FetchError:
        status = response.status_code
        if self._span and status == requests.codes.requested_range_not_satisfiable:
            held = read_content_range(response.headers.get("Content-Range", ""))
            if held is not None and held.size is not None:
                return FetchError(Outcome.BAD_SIZE, f"{held.size} bytes", status=status)
        return refusal(response)

    def _take(self, response: requests.Response, enough: int) -> bytes:
        """Return the body to its end, or at least so many bytes of it."""
        # Adding to bytes would copy them all again with each chunk.
        body = bytearray()
        for chunk in response.iter_content(min(_CHUNK, enough)):
            body += chunk
            if len(body) >= enough:
                return bytes(body)
        # A body without a length ends as well when the deadline cuts it.
        self._deadline.check()
        return bytes(body)


def _check_fields(response: requests.Response) -> None:
    refuse_coding(response)
    kind = response.headers.get("Content-Type", "")
    if is_page_type(kind) and not may_be_page(response.url):
        raise FetchError(Outcome.SOFT_404, f"Content-Type: {plain(kind)}")


def _check_start(response: requests.Response, content: bytes) -> None:
    if begins_as_page(content) and not may_be_page(response.url):
        start = content[:60].decode(errors="replace")
        raise FetchError(Outcome.SOFT_404, plain(f"it begins with {start!r}"))
