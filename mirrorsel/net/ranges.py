"""The header fields of ranges (RFC 9110, section 14)."""

import re
from dataclasses import dataclass

from mirrorsel.net.span import Span

# Sizes of more digits are of no file; they are not worth a long conversion.
_CONTENT_RANGE = re.compile(
    r"bytes (?:(?P<first>[0-9]{1,18})-(?P<last>[0-9]{1,18})|\*)"
    r"/(?:(?P<size>[0-9]{1,18})|\*)",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentRange:
    """What an answer says of the part that it holds."""

    part: Span | None
    """None if no part of the file is where it was asked for."""
    size: int | None
    """Of the whole file; None where the server does not know it."""


def range_of(span: Span) -> str:
    """Return the field `Range` that asks for a part (section 14.2)."""
    return f"bytes={span.start}-{span.start + span.length - 1}"


def read_content_range(field: str) -> ContentRange | None:
    """Return what a field `Content-Range` says (section 14.4); None for nonsense."""
    match = _CONTENT_RANGE.fullmatch(field.strip())
    if match is None:
        return None
    size = int(match["size"]) if match["size"] else None
    if match["first"] is None:
        return ContentRange(part=None, size=size)
    first, last = int(match["first"]), int(match["last"])
    if last < first or (size is not None and last >= size):
        return None
    return ContentRange(part=Span(first, last - first + 1), size=size)


def answers(held: ContentRange, asked: Span) -> bool:
    """Return whether a part is the one that was asked for.

    It may be shorter only where the file ends.
    """
    if held.part is None or held.part.start != asked.start:
        return False
    if held.part.length == asked.length:
        return True
    end = held.part.start + held.part.length
    return held.part.length < asked.length and held.size == end


def read_length(field: str | None) -> int | None:
    """Return what a field `Content-Length` says; None for none, or for nonsense."""
    match = _LENGTH.fullmatch((field or "").strip())
    return int(match[0]) if match else None
