"""The answers for folders below ``/get/``."""

from datetime import UTC, datetime
from functools import cache

from falcon import HTTP_301, Request, Response

from mirrorsel.web.directory.document import document
from mirrorsel.web.directory.kept import KeptFolders
from mirrorsel.web.directory.page import FolderPage
from mirrorsel.web.directory.times import moment
from mirrorsel.web.json import json_text, wants_json
from mirrorsel.web.realm import Realm
from mirrorsel.web.status.answer import FORBIDS_ALL, Page, page, put_page, put_safety
from mirrorsel.web.target import escaped
from mirrorsel.web.tree import Tree

_INDEX = "index.json"
_HTML = "text/html; charset=utf-8"
_SECONDS = 60
_UNKNOWN = datetime.fromtimestamp(0, UTC)
MOST = 5000
"""How many entries there are in JSON."""
MOST_SHOWN = 1000
"""How many a page shows: with the longest names it still is no larger than any page."""
_MOST_MORE = 1000
"""How many there are in JSON that goes on where another ended, which is not kept."""


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
    return _put(request, response, tree, target, json=wants_json(request, "text/html"))


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
    # A real file wins, also in the minutes before it is indexed.
    if name != _INDEX or realm.publishes(target):
        return False
    path = f"{folder}/" if folder else ""
    return _put(request, response, tree, path, json=True)


def _put(
    request: Request, response: Response, tree: Tree, path: str, *, json: bool
) -> bool:
    """Answer with a folder, given by its path with a slash, if there is one."""
    if not tree.is_folder(path):
        return False
    after = request.get_param("after") if json and request.query_string else None

    def render() -> Page | None:
        return _rendered(tree, path, after or "", json=json)

    edition = tree.edition
    found = render() if after else _kept().get(edition, path, render, json=json)
    if found is None:
        return False
    response.set_header("Vary", "Accept")
    put_safety(response, FORBIDS_ALL if json else _page().policy)
    put_page(request, response, found, seconds=_SECONDS)
    return True


def _rendered(tree: Tree, path: str, after: str, *, json: bool) -> Page | None:
    most = (_MOST_MORE if after else MOST) if json else MOST_SHOWN
    listing = tree.folder(path, after=after, most=most)
    if listing is None:
        return None
    made = moment(tree.made) or _UNKNOWN
    if json:
        body = json_text(document(path, listing)).encode()
        return page(body, "application/json", made)
    return page(_page().render(path, listing), _HTML, made)


@cache
def _page() -> FolderPage:
    """Return the page's template, which is read when it is first asked for."""
    return FolderPage()


@cache
def _kept() -> KeptFolders:
    """Return what this process has rendered."""
    return KeptFolders()
