"""Content codings (RFC 9110, section 8.4), of which none is asked for."""

import requests

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.plain import plain

_SIZE = 65536


def refuse_coding(response: requests.Response) -> None:
    """Check that a body is sent as it is: a coded one may grow a thousandfold.

    Raises:
        FetchError: it is coded (ENCODED).

    """
    coding = response.headers.get("Content-Encoding", "identity")
    if coding.strip().lower() != "identity":
        raise FetchError(Outcome.ENCODED, f"Content-Encoding: {plain(coding)}")


def start_of(response: requests.Response) -> bytes:
    """Return the first bytes of a body, as they were sent, whatever its coding."""
    return next(iter(response.raw.stream(_SIZE, decode_content=False)), b"")
