"""Text from the network, made fit to be logged, stored or shown."""

from mirrorsel.printable import one_line

_LENGTH = 200


def plain(text: str) -> str:
    """Return at most 200 characters of a text on one line, which no terminal obeys."""
    return one_line(text[: 2 * _LENGTH])[:_LENGTH]
