"""Download pages: a template of the document root for each ``.cgi`` URL."""

from collections.abc import Callable

from falcon import HTTPNotFound, Request, Response

from mirrorsel.pages import Template
from mirrorsel.web.asked import Asked
from mirrorsel.web.decision import answer
from mirrorsel.web.library import Library, Shelf, shelf_of
from mirrorsel.web.place import Place, place_of
from mirrorsel.web.realm import Realm
from mirrorsel.web.renderings import Renderings
from mirrorsel.web.standard import Standard
from mirrorsel.web.values import Lazy, makers

_XML = "--xml.html"


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
        shelf = shelf_of(self._library, place.root, settings)
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


def _first(shelf: Shelf, names: tuple[str, ...]) -> Template | None:
    pages = (shelf.page(name) for name in names)
    page = next((page for page in pages if page), None)
    if page is None:
        for name in names:
            shelf.refuse(name)
    return page
