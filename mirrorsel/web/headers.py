"""Headers that several answers share."""

from typing import TypeAlias

from falcon import Response

Headers: TypeAlias = tuple[tuple[str, str], ...]
"""Names, spelt as people do, with values."""

PRIVATE: Headers = (("Cache-Control", "private, no-cache"),)
"""Keeps an answer from caches that others share: it depends on the client."""


def mark_headers(mark: str, country: str | None) -> Headers:
    """Return which mirror was chosen, and for which country, for the access log."""
    marked = ("X-Mirrorsel", mark)
    return (marked, ("X-Mirrorsel-Country", country)) if country else (marked,)


def put_mark(response: Response, mark: str, country: str | None) -> None:
    """Say which mirror was chosen, and for which country, for httpd's access log."""
    response.set_headers(mark_headers(mark, country))


def put_private(response: Response) -> None:
    """Keep an answer from caches that others share: it depends on the client."""
    response.set_headers(PRIVATE)


def put_text(response: Response, text: str) -> None:
    """Make plain text the answer."""
    response.set_header("X-Content-Type-Options", "nosniff")
    response.text = text
