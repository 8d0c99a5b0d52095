"""XML that is well-formed whatever the text in it.

A document has thousands of elements and is written for each client, which the
library's trees of objects take ten times as long for.
"""

from collections.abc import Iterable, Mapping
from html import escape
from types import MappingProxyType

_NONE: Mapping[str, str] = MappingProxyType({})
# XML 1.0, section 3.3.3: as they are, they would be read as spaces.
_SPACES = str.maketrans({"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})


def element(name: str, text: str, attributes: Mapping[str, str] = _NONE) -> str:
    """Return an element that holds nothing but text."""
    return f"<{name}{_written(attributes)}>{escape(text, quote=False)}</{name}>"


def block(
    name: str,
    inner: Iterable[str],
    attributes: Mapping[str, str] = _NONE,
    *,
    depth: int = 0,
) -> str:
    """Return an element that holds others, each on a line that people can read.

    It lies within so many elements itself.
    """
    line = "\n" + " " * depth
    lines = "".join(f"{line} {one}" for one in inner)
    end = f">{lines}{line}</{name}>" if lines else " />"
    return f"<{name}{_written(attributes)}{end}"


def document(root: str) -> bytes:
    """Return a document of one element."""
    return f"<?xml version='1.0' encoding='utf-8'?>\n{root}\n".encode()


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(
        # Most are words and numbers, in which there is nothing to be escaped.
        f' {name}="{value if value.isalnum() else escape(value).translate(_SPACES)}"'
        for name, value in attributes.items()
    )
