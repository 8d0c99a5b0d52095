"""The page that is shown where there is no other."""

import logging
import re
from collections.abc import Callable
from pathlib import Path

from falcon import Response

from mirrorsel.config import Settings
from mirrorsel.model import Mirror
from mirrorsel.pages import STANDARD, Template, Value, cannot_be_read, parse
from mirrorsel.selection.bounded import Bounded
from mirrorsel.web.asked import Asked
from mirrorsel.web.bands import bands, listed
from mirrorsel.web.library import Library, Shelf, shelf_of
from mirrorsel.web.published import project_of
from mirrorsel.web.styled import hashed, text
from mirrorsel.web.target import escaped, is_plain
from mirrorsel.web.values import Lazy, archive_link, country_name, makers

_log = logging.getLogger("mirrorsel.pages")

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_INSTEAD = "until then the built-in page is shown"
_PAGES = 100


class Standard:
    """Shows the default page, or the archive page for what is not published."""

    def __init__(self, library: Library) -> None:
        """Take where templates of the settings are kept; read the built-in one."""
        self._missing: Bounded[Path, bool] = Bounded(_PAGES)
        page = text("default.html")
        self._library = library
        self._built_in = parse(page.encode(), name="default.html", vocabulary=STANDARD)
        self._policy = _policy(page)

    def show(self, asked: Asked, response: Response) -> None:
        """Answer with the page for the file that is asked for, if one is.

        Raises:
            HTTPBadRequest: it is no name of a file below a mirror.

        """
        path = asked.target
        settings = asked.realm.sources.settings
        published = asked.realm.publishes(path)
        archive = settings.tree.archive
        lookup = "" if published else archive_link(archive, path)
        chosen = asked.suggest(response, path)
        made = makers(asked, path, chosen, lookup) | _more(
            asked, path, chosen, settings.list.origin if published else archive
        )
        name = settings.pages.default if published else settings.pages.archive
        template, shelf = self._template(settings, name)
        response.content_type = "text/html"
        if shelf is None:
            response.set_header("Content-Security-Policy", self._policy)
            response.set_header("Referrer-Policy", "no-referrer")
            response.data = template.render(Lazy(made))
        else:
            response.data = template.render(Lazy(made), shelf, shelf.cut)

    def _template(self, settings: Settings, name: str) -> tuple[Template, Shelf | None]:
        """Return a template of the settings; the built-in one if it cannot be read."""
        if not name:
            return self._built_in, None
        path = settings.path(name)
        shelf = shelf_of(self._library, path.parent, settings, STANDARD)
        found = shelf.page(path.name)
        self._tell(path, missing=found is None)
        return (found, shelf) if found else (self._built_in, None)

    def _tell(self, path: Path, *, missing: bool) -> None:
        """Log when a page of the settings cannot be read any more, or can again."""
        if missing == (path in self._missing):
            return
        if missing:
            self._missing[path] = True
            _log.error("%s: %s; %s", path, cannot_be_read(), _INSTEAD)
        else:
            self._missing.pop(path, None)
            _log.warning("%s: this page can be read again and is shown", path)


def _more(
    asked: Asked, path: str, chosen: Mirror, home: str
) -> dict[str, Callable[[], Value]]:
    """Return what makes the values that only the default page has.

    The file's signature and hash lie in the tree `home`.
    """
    origin = asked.realm.sources.settings.list.origin
    project = project_of(path)
    own = asked.client.location.country
    # The page shows commands, which people paste into their shells.
    provable = is_plain(path) and not asked.realm.only_origin(path)
    return {
        "file": lambda: path.rpartition("/")[2],
        "signed": lambda: path.rpartition("/")[2] if provable else "",
        "original": lambda: home + escaped(path),
        "keys": lambda: f"{origin}{project}/KEYS" if project else "",
        "nation": lambda: country_name(asked, own),
        "chosen": lambda: [listed(asked, chosen).item(path)],
        "bands": lambda: bands(asked, path, chosen),
        "spare": lambda: [listed(asked, one).item(path) for one in asked.backups],
    }


def _policy(page: str) -> str:
    """Return the strictest policy that shows a page (CSP Level 3, section 6)."""
    styles = " ".join(map(hashed, _STYLE.findall(page)))
    return (
        f"default-src 'none'; style-src {styles}; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    )
