"""The comments of a list, which none of its mirrors has."""

from mirrorsel.lists.times import header_date
from mirrorsel.lists.words import comment


def comments_in(text: str) -> int:
    """Return how many lines of a list have a comment, its date not among them."""
    found = [one for one in map(comment, text.split("\n")) if one.strip("# \t")]
    return sum(header_date(one) is None for one in found)
