"""The answers for folders below ``/get/``."""

from datetime import UTC, datetime
from functools import cache

from falcon import HTTP_301, Request, Response

from mirrorsel.model import Listing
from mirrorsel.web.directory.document import document
from mirrorsel.web.directory.page import FolderPage
from mirrorsel.web.json import json_text, wants_json
from mirrorsel.web.realm import Realm
from mirrorsel.web.status.answer import FORBIDS_ALL, page, put_page, put_safety
from mirrorsel.web.target import escaped

_INDEX = "index.json"
_HTML = "text/html; charset=utf-8"
_SECONDS = 60


def answer(request: Request, response: Response, realm: Realm, target: str) -> bool:
    """Answer for a folder of the published tree; return whether it is one.

    With a slash at its end it is listed, without one the client is sent there, and
    `index.json` in it is the same for programs, unless a file has that name.
    """
    tree = realm.tree
    if tree is None:
        return False
    if target and not target.endswith("/"):
        return _beside(request, response, realm, target)
    listing = tree.folder(target)
    if listing is None:
        return False
    _put(
        request,
        response,
        realm,
        (target, listing),
        json=wants_json(request, "text/html"),
    )
    return True


def _beside(request: Request, response: Response, realm: Realm, target: str) -> bool:
    """Answer what has no slash at its end: a folder's other names."""
    tree = realm.tree
    if tree is None or tree.find(target) is not None:
        return False
    if tree.is_folder(target):
        response.status = HTTP_301
        response.set_header("Location", f"{escaped(request.path)}/")
        return True
    folder, _, name = target.rpartition("/")
    listing = tree.folder(folder) if name == _INDEX else None
    if listing is None:
        return False
    path = f"{folder}/" if folder else ""
    _put(request, response, realm, (path, listing), json=True)
    return True


def _put(
    request: Request,
    response: Response,
    realm: Realm,
    found: tuple[str, Listing],
    *,
    json: bool,
) -> None:
    made = datetime.fromtimestamp(realm.tree.made if realm.tree else 0, UTC)
    response.set_header("Vary", "Accept")
    if json:
        put_safety(response, FORBIDS_ALL)
        body, kind = json_text(document(*found)).encode(), "application/json"
    else:
        put_safety(response, _page().policy)
        body, kind = _page().render(*found), _HTML
    put_page(request, response, page(body, kind, made), seconds=_SECONDS)


@cache
def _page() -> FolderPage:
    """Return the page's template, which is read when it is first asked for."""
    return FolderPage()
