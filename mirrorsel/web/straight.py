"""Redirects for requests that ask for nothing but a file, answered without Falcon.

Nearly all downloads are such requests, and Falcon's objects would cost more than the
choice of a mirror. Whatever might be answered otherwise is left to `Redirect`, which
gives the same answers; a test holds both equal.
"""

from collections.abc import Callable, Mapping
from typing import Any

from mirrorsel.web.counted import SELECTED
from mirrorsel.web.json import JSON
from mirrorsel.web.prepared import redirect_headers
from mirrorsel.web.realm import Realm
from mirrorsel.web.target import is_roundabout
from mirrorsel.web.vouched import METALINK4

TEXT = "text/plain; charset=utf-8"
"""The type of all answers that name no other."""

_PREFIX = "/get/"
_FOUND = "302 Found"
_END = (("Content-Length", "0"), ("Content-Type", TEXT))


def answer_straight(
    environ: dict[str, Any], start_response: Any, realm: Callable[[], Realm]
) -> bool:
    """Answer GET or HEAD for a file and nothing else; return whether it did.

    The whole path of the URL must be the PATH_INFO.
    """
    path = environ["PATH_INFO"]
    if not path.startswith(_PREFIX) or _asks_for_more(environ):
        return False
    target, now = path[len(_PREFIX) :], realm()
    if not now.sought(target).plain:
        return False
    https = environ["wsgi.url_scheme"] == "https"
    vouched = now.vouched(target, environ.get("HTTP_HOST", ""), https=https)
    # A file that is not in the index may have left the tree, or be a folder.
    if now.tree is not None and (vouched is None or not now.tree.usable):
        return False
    ready = now.redirect(environ.get("REMOTE_ADDR", ""), target, https=https)
    environ[SELECTED] = ready.selected
    start_response(_FOUND, [*redirect_headers(ready, target, vouched), *_END])
    return True


def _asks_for_more(environ: Mapping[str, Any]) -> bool:
    """Return whether another answer than a redirect might be wanted."""
    accept = environ.get("HTTP_ACCEPT", "")
    return bool(
        environ.get("QUERY_STRING")
        or JSON in accept
        or METALINK4 in accept
        or is_roundabout(environ.get("REQUEST_URI", ""))
    )
