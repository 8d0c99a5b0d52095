"""Download pages: a template of the document root for each ``.cgi`` URL."""

from collections.abc import Callable
from pathlib import Path

from falcon import HTTPNotFound, Request, Response

from mirrorsel.pages import Template, Unknown
from mirrorsel.selection.bounded import Bounded
from mirrorsel.web.asked import Asked
from mirrorsel.web.decision import answer
from mirrorsel.web.lasting import leave
from mirrorsel.web.library import Library, Shelf, unknown_of
from mirrorsel.web.place import Place, place_of
from mirrorsel.web.realm import Realm
from mirrorsel.web.renderings import Renderings
from mirrorsel.web.standard import Standard
from mirrorsel.web.values import Lazy, makers

_XML = "--xml.html"
_SHELVES = 1000


class Pages:
    """Answers at every address that ends in ``.cgi``, and never runs anything."""

    def __init__(
        self, realm: Callable[[], Realm], library: Library, standard: Standard
    ) -> None:
        """Take what gives the realm, the templates, and the page for all else."""
        self._realm = realm
        self._library = library
        self._standard = standard
        self._renderings = Renderings()
        self._shelves: Bounded[tuple[str, Unknown], Shelf] = Bounded(_SHELVES)

    def __call__(self, req: Request, resp: Response, **_named: object) -> None:
        """Answer with the page beside the address, or by the parameters.

        Raises:
            HTTPNotFound: the URL is not the one of a page, or, if the settings say
                so, there is no such page.
            HTTPBadRequest: the target is refused.

        """
        realm = self._realm()
        allowed = realm.sources.settings.pages.asf_mirror_filename
        place = place_of(req.env, req.path, variable=allowed)
        if place is None:
            raise HTTPNotFound
        asked = Asked.of(realm, req, place.endpoint, place.rest)
        answer(asked, resp, lambda *both: self._show(place, *both))

    def _show(self, place: Place, asked: Asked, response: Response) -> None:
        settings = asked.realm.sources.settings
        shelf = self._shelf(place.root, unknown_of(settings))
        page = _first(shelf, place.names)
        if page is None and not settings.pages.missing:
            raise HTTPNotFound(title="No such page")
        if page is None or not asked.realm.publishes(asked.target):
            self._standard.show(asked, response)
            return
        path = asked.target
        values = Lazy(makers(asked, path, asked.suggest(response, path)))
        response.content_type = "text/xml" if page.name.endswith(_XML) else "text/html"
        response.data = self._renderings.render(page, values, shelf, shelf.cut)
        kept = self._renderings.kept(page, values)
        files = shelf.files(page)
        # What a target is depends on the published files too, a second name on whether
        # there still is nothing of the first.
        if kept is not None and files and not path and page.name == place.names[0]:
            leave(asked.environ, files.are_current)

    def _shelf(self, root: str, unknown: Unknown) -> Shelf:
        """Return the templates of a document root, always the same."""
        shelf = self._shelves.get((root, unknown))
        if shelf is None:
            shelf = Shelf(self._library, Path(root), unknown)
            self._shelves[root, unknown] = shelf
        return shelf


def _first(shelf: Shelf, names: tuple[str, ...]) -> Template | None:
    pages = (shelf.page(name) for name in names)
    page = next((page for page in pages if page), None)
    if page is None:
        for name in names:
            shelf.refuse(name)
    return page
