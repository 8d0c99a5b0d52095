"""What the head of an answer says of its body."""

import requests

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.plain import plain
from mirrorsel.net.ranges import read_length


def refusal(response: requests.Response) -> FetchError:
    """Return the error that tells the status of an answer without the body (STATUS)."""
    status = response.status_code
    detail = f"{status} {plain(response.reason or '')}".strip()
    return FetchError(Outcome.STATUS, detail, status=status)


def is_coded(response: requests.Response) -> bool:
    """Return whether the body has a content coding (RFC 9110, section 8.4)."""
    coding = response.headers.get("Content-Encoding", "identity")
    return coding.strip().lower() != "identity"


def refuse_coding(response: requests.Response) -> None:
    """Check that a body is sent as it is: a coded one may grow a thousandfold.

    Raises:
        FetchError: it is coded, though no coding was asked for (ENCODED).

    """
    if is_coded(response):
        coding = plain(response.headers["Content-Encoding"])
        raise FetchError(Outcome.ENCODED, f"Content-Encoding: {coding}")


def announced_size(response: requests.Response) -> int | None:
    """Return the length that an answer gives its body; None if it gives none."""
    # Beside chunks, a length counts for nothing (RFC 9112, section 6.3).
    if "Transfer-Encoding" in response.headers:
        return None
    return read_length(response.headers.get("Content-Length"))
