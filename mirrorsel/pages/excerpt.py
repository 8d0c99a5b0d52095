"""A piece of a template, as a message may show it."""

_LONGEST = 60


def excerpt(text: str) -> str:
    """Return text on one line, without control characters, cut where it is long."""
    start = " ".join(text[: _LONGEST + 1].split())
    line = "".join(one if one.isprintable() else "?" for one in start)
    return line if len(text) <= _LONGEST else f"{line[:_LONGEST]}…"
