"""How a value is escaped for the place in which it is printed."""

from enum import StrEnum
from urllib.parse import quote_plus

from mirrorsel.pages.limits import MOST_FORMATS
from mirrorsel.pages.values import Markup

_HTML = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
)
_JS = str.maketrans(
    {
        "\\": r"\\",
        "\t": r"\t",
        "\n": r"\n",
        "\r": r"\r",
        '"': r"\x22",
        "'": r"\x27",
        "&": r"\x26",
        "<": r"\x3c",
        ">": r"\x3e",
        "=": r"\x3d",
        "\x85": r"\u0085",
        "\u2028": r"\u2028",
        "\u2029": r"\u2029",
    }
)


class Format(StrEnum):
    """What ``[format]`` may name."""

    RAW = "raw"
    """As outside any ``[format]``: escaped for HTML."""
    HTML = "html"
    XML = "xml"
    JS = "js"
    """For a string of a script."""
    URL = "url"
    """For a part of a query (application/x-www-form-urlencoded)."""


def parse_formats(text: str) -> tuple[Format, ...] | None:
    """Return the formats of a list parted by commas.

    None if one is unknown, or if there are more than a few.
    """
    names = text.split(",", MOST_FORMATS)
    if len(names) > MOST_FORMATS:
        return None
    try:
        return tuple(Format(name) for name in names)
    except ValueError:
        return None


def escape(value: str | Markup, formats: tuple[Format, ...] = ()) -> str:
    """Return a value as it may stand in a page.

    The formats are applied one after another, but HTML's only once: at its place
    among them, else at the end, and never to markup.
    """
    escaped = isinstance(value, Markup)
    text = value.text if isinstance(value, Markup) else value
    for one in formats:
        if one is Format.JS:
            text = text.translate(_JS)
        elif one is Format.URL:
            text = quote_plus(encode(text))
        elif one is not Format.RAW and not escaped:
            text, escaped = text.translate(_HTML), True
    return text if escaped else text.translate(_HTML)


def encode(text: str) -> bytes:
    """Return text as UTF-8, and bytes that came in undecoded as they were.

    A surrogate that stands for no such byte becomes a question mark.
    """
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def decode(text: bytes) -> str:
    """Return UTF-8 as text; `encode` gives back any bytes unchanged."""
    return text.decode("utf-8", "surrogateescape")
