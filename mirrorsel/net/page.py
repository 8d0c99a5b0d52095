"""Web pages that come in the place of a file."""

import re
from urllib.parse import urlsplit

_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_NAME = re.compile(r"\.x?html?(\.|$)", re.IGNORECASE)
_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)


def may_be_page(url: str) -> bool:
    """Return whether a URL is that of a web page or of a folder, by its name.

    Names such as `index.html.en` count as pages, which httpd makes of languages.
    """
    name = urlsplit(url).path.rpartition("/")[2]
    return not name or _NAME.search(name) is not None


def is_page_type(content_type: str) -> bool:
    """Return whether a header field `Content-Type` is that of a web page."""
    return content_type.partition(";")[0].strip().lower() in _TYPES


def begins_as_page(body: bytes) -> bool:
    """Return whether the first bytes of a body are those of a web page."""
    return _START.match(body) is not None
