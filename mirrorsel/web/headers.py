"""Headers that several answers share."""

from falcon import Response


def put_mark(response: Response, mark: str, country: str | None) -> None:
    """Say which mirror was chosen, and for which country, for httpd's access log."""
    response.set_header("X-Mirrorsel", mark)
    if country:
        response.set_header("X-Mirrorsel-Country", country)


def put_private(response: Response) -> None:
    """Keep an answer from caches that others share: it depends on the client."""
    response.set_header("Cache-Control", "private, no-cache")


def put_text(response: Response, text: str) -> None:
    """Make plain text the answer."""
    response.set_header("X-Content-Type-Options", "nosniff")
    response.text = text
