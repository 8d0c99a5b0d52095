"""The body of an answer that lists what a mirror has."""

from collections.abc import Iterator

import requests

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.head import refusal, refuse_coding
from mirrorsel.net.pace import Pace

_CHUNK = 65536


def list_body(
    response: requests.Response, pace: Pace, deadline: Deadline
) -> Iterator[bytes]:
    """Yield a list as it comes, and end where it is more than may come.

    Args:
        response: What brings it.
        pace: What it may cost.
        deadline: When all of it must have been read.

    Raises:
        FetchError: it is no list (STATUS, ENCODED), or there is too much of it
            (TOO_LARGE, DEADLINE).

    """
    if response.status_code != requests.codes.ok:
        raise refusal(response)
    refuse_coding(response)
    left = pace.reach.page
    for chunk in response.iter_content(_CHUNK):
        left -= len(chunk)
        if left < 0:
            detail = f"a page of more than {pace.reach.page} bytes"
            raise FetchError(Outcome.TOO_LARGE, detail)
        pace.receive(len(chunk))
        yield chunk
        # Reading takes time as well, of pages that are made for it.
        deadline.check()
    # A body without a length ends as well when the deadline cuts it.
    deadline.check()
