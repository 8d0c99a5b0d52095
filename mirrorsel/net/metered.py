"""An answer of which no more is read than was allowed."""

import io
from http.client import HTTPResponse
from typing import TYPE_CHECKING, Any

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class MeteredResponse(HTTPResponse):
    """An answer whose every byte counts: status lines, headers, framing, body.

    The HTTP libraries bound neither the number of interim answers (RFC 9110,
    section 15.2) nor the length of a chunk's line or of a trailer (RFC 9112,
    section 7.1), so that a server could fill the memory without any body.

    Args:
        allowance: The bytes.
        connection: The socket, and whatever else the base class takes.

    """

    def __init__(self, allowance: int, *connection: Any, **options: Any) -> None:
        super().__init__(*connection, **options)
        self.fp = io.BufferedReader(_Metered(self.fp.detach(), allowance))


class _Metered(io.RawIOBase):
    def __init__(self, source: io.RawIOBase, allowance: int) -> None:
        self._source = source
        self._allowance = allowance
        self._left = allowance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int | None:
        count = self._source.readinto(buffer)
        self._left -= count or 0
        if self._left < 0:
            detail = f"more than {self._allowance} bytes with its headers"
            raise FetchError(Outcome.TOO_LARGE, detail)
        return count

    def close(self) -> None:
        self._source.close()
        super().close()
