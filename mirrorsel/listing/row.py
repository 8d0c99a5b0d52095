"""What stands beside the name of a file in a page."""

import re
from dataclasses import dataclass

from mirrorsel.listing.entry import Size
from mirrorsel.listing.moment import DATE, of_match
from mirrorsel.listing.size import SIZE, read_size

_SIZE = re.compile(rf"(?P<size>{SIZE}|[0-9]{{1,3}}(?:,[0-9]{{3}})+(?: ?B)?)(?:\s|$)")
_LONGEST = 500
# What stands in the place of the size of a folder.
_NO_SIZE = frozenset("-\u2013\u2014")


@dataclass(frozen=True, slots=True)
class Row:
    """The size and the date of one file, as far as a row tells them."""

    size: Size | None = None
    modified: int | None = None
    told: bool = False
    """Whether anything stands there at all, be it only that there is no size."""


def read_row(text: str, *, sized: bool) -> Row:
    """Return what the text of a row tells, which stands beside the name.

    Args:
        text: The text.
        sized: Whether the page has a column for sizes, by its heading. Without one, a
            number that more text follows is the beginning of a description.

    """
    text = text[:_LONGEST]
    date = DATE.search(text)
    if date is None:
        size = _size_at(text, sized=sized)
        return Row(size=size, told=bool(size) or text.strip()[:1] in _NO_SIZE)
    after = _size_at(text[date.end() :], sized=sized)
    # Caddy has the size first.
    size = after or read_size(text[: date.start()].strip())
    return Row(size=size, modified=of_match(date), told=True)


def _size_at(text: str, *, sized: bool) -> Size | None:
    text = text.strip()
    found = _SIZE.match(text)
    if found is None or not (sized or found.end() == len(text)):
        return None
    return read_size(found["size"])
