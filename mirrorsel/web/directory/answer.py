"""The answers for folders below ``/get/``."""

from datetime import UTC, datetime

from falcon import HTTP_301, Request, Response

from mirrorsel.model import moment_of
from mirrorsel.web.directory.document import document
from mirrorsel.web.directory.kept import KeptFolders
from mirrorsel.web.directory.page import FolderPage
from mirrorsel.web.json import JSON, json_text, wants_json
from mirrorsel.web.realm import Realm
from mirrorsel.web.status.answer import FORBIDS_ALL, Page, page, put_page, put_safety
from mirrorsel.web.styled import HTML
from mirrorsel.web.target import escaped
from mirrorsel.web.tree import Tree

_INDEX = "index.json"
_SECONDS = 60
_UNKNOWN = datetime.fromtimestamp(0, UTC)
MOST = 5000
"""How many entries there are in JSON."""
MOST_SHOWN = 1000
"""How many a page shows: with the longest names it still is no larger than any page."""
_MOST_MORE = 1000
"""How many there are in JSON that goes on where another ended, which is not kept."""


class Directory:
    """Answers for folders of the published tree, and keeps what it has rendered."""

    def __init__(self) -> None:
        """Read the template."""
        self._page = FolderPage()
        self._kept = KeptFolders()

    def answer(
        self, request: Request, response: Response, realm: Realm, target: str
    ) -> bool:
        """Answer for a folder of the published tree; return whether it is one.

        With a slash at its end it is listed, without one the client is sent there, and
        `index.json` in it is the same for programs, unless a file has that name.
        """
        tree = realm.tree
        if tree is None:
            return False
        if not target or target.endswith("/"):
            json = wants_json(request, "text/html")
            return self._put(request, response, tree, target, json=json)
        if tree.find(target) is not None:
            return False
        if tree.is_folder(target):
            response.status = HTTP_301
            response.set_header("Location", f"{escaped(request.path)}/")
            return True
        folder, slash, name = target.rpartition("/")
        # A real file wins, also in the minutes before it is indexed.
        if name != _INDEX or realm.publishes(target):
            return False
        return self._put(request, response, tree, folder + slash, json=True)

    def _put(
        self, request: Request, response: Response, tree: Tree, path: str, *, json: bool
    ) -> bool:
        """Answer with a folder, given by its path with a slash, if there is one."""
        if not tree.is_folder(path):
            return False
        after = request.get_param("after") if json and request.query_string else None
        if after:
            found = self._rendered(tree, path, after, json=json)
        else:
            found = self._kept.get(
                tree.edition,
                path,
                lambda: self._rendered(tree, path, "", json=json),
                json=json,
            )
        if found is None:
            return False
        response.set_header("Vary", "Accept")
        put_safety(response, FORBIDS_ALL if json else self._page.policy)
        put_page(request, response, found, seconds=_SECONDS)
        return True

    def _rendered(
        self, tree: Tree, path: str, after: str, *, json: bool
    ) -> Page | None:
        most = (_MOST_MORE if after else MOST) if json else MOST_SHOWN
        listing = tree.folder(path, after=after, most=most)
        if listing is None:
            return None
        made = moment_of(tree.made) or _UNKNOWN
        if json:
            body = json_text(document(path, listing)).encode()
            return page(body, JSON, made)
        return page(self._page.render(path, listing), HTML, made)
