"""Text of strangers, made fit to be shown, logged or stored."""


def printable(text: str) -> str:
    """Return a text in which blanks stand for what a terminal might obey.

    That is control characters, and those that change the direction of writing.
    """
    return "".join(one if one.isprintable() else " " for one in text)


def one_line(text: str) -> str:
    """Return a printable text on one line, with single blanks."""
    return " ".join(printable(text).split())
