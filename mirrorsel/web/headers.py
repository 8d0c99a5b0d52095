"""Headers that several answers share."""

from falcon import Response

from mirrorsel.model import Client, How, Mirror
from mirrorsel.web.realm import Realm


def mark(
    response: Response, realm: Realm, client: Client, mirror: Mirror, how: How
) -> None:
    """Say which mirror was chosen, and for which country, for httpd's access log."""
    response.set_header("X-Mirrorsel", f"{realm.labels[mirror.url].host}; how={how}")
    if client.location.country:
        response.set_header("X-Mirrorsel-Country", client.location.country)


def put_private(response: Response) -> None:
    """Keep an answer from caches that others share: it depends on the client."""
    response.set_header("Cache-Control", "private, no-cache")
