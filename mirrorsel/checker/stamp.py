"""The freshness stamp that a mirror carries."""

import re
from datetime import UTC, datetime

_STAMP = re.compile(rb"([0-9]{1,12}) \S+(?:\r?\n)?")


def read_stamp(body: bytes) -> datetime | None:
    """Return the time in a stamp file; None when it is anything else.

    A stamp is one line: seconds since 1970, one blank and one word.
    """
    match = _STAMP.fullmatch(body)
    if match is None:
        return None
    try:
        return datetime.fromtimestamp(int(match[1]), UTC)
    except (ValueError, OverflowError):
        return None
