"""Text from the network, made fit to be logged, stored or shown."""

_LENGTH = 200


def plain(text: str) -> str:
    """Return at most 200 characters of a text on one line.

    Control characters, and those that change the direction of writing, become
    blanks, so that no terminal obeys them.
    """
    shown = "".join(one if one.isprintable() else " " for one in text[: 2 * _LENGTH])
    return " ".join(shown.split())[:_LENGTH]
