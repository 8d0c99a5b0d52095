"""Pages that were rendered, kept until there is something else to say."""

from collections.abc import Callable, MutableMapping
from datetime import datetime

from mirrorsel.selection.bounded import Bounded
from mirrorsel.web.status.answer import Page, page
from mirrorsel.web.status.source import Edition


class Kept:
    """Renders each page once for an edition.

    Several threads may use it: the worst that can happen is work done twice.
    """

    def __init__(self, kind: str, limit: int = 1) -> None:
        """Keep `limit` pages of a media type at most."""
        self._kind = kind
        self._limit = limit
        self._pages: tuple[Edition | None, MutableMapping[str, Page]] = (None, {})
        self._dates: Bounded[str, tuple[str, datetime]] = Bounded(limit)

    def get(self, name: str, edition: Edition, render: Callable[[], bytes]) -> Page:
        """Return a page of this edition."""
        last, pages = self._pages
        if last is not edition:
            pages = Bounded(self._limit)
            self._pages = edition, pages
        found = pages.get(name)
        if found is None:
            found = pages[name] = self._dated(name, render(), edition.report.now)
        return found

    def _dated(self, name: str, body: bytes, now: datetime) -> Page:
        """Return a page, which has the date of the last one if it is the same."""
        made = page(body, self._kind, now)
        etag, date = self._dates.get(name, ("", now))
        if etag == made.etag:
            return page(body, self._kind, date)
        self._dates[name] = made.etag, made.made
        return made
