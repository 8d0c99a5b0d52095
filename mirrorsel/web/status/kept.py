"""Pages that were rendered, kept until there is something else to say."""

import threading
import zlib
from collections.abc import Callable, MutableMapping
from dataclasses import replace
from datetime import datetime

from mirrorsel.selection.bounded import Bounded
from mirrorsel.web.status.answer import Page, page
from mirrorsel.web.status.source import Edition

_FAST = 1


class Kept:
    """Renders each page once for an edition, whoever asks and however often.

    Several threads may use it; one renders while the others wait, since all of them
    together would take no less time. Where there are many pages, they are kept
    compressed, a tenth of their size.
    """

    def __init__(self, kind: str, limit: int = 1) -> None:
        """Keep `limit` pages of a media type at most."""
        self._kind = kind
        self._limit = limit
        self._packs = limit > 1
        self._lock = threading.Lock()
        self._pages: tuple[Edition | None, MutableMapping[str, Page]] = (None, {})
        self._dates: Bounded[str, tuple[str, datetime]] = Bounded(limit)

    def get(self, name: str, edition: Edition, render: Callable[[], bytes]) -> Page:
        """Return a page of this edition."""
        found = self._find(name, edition)
        if found is None:
            with self._lock:
                found = self._find(name, edition)
                if found is None:
                    return self._keep(name, edition, render())
        return self._unpacked(found)

    def _find(self, name: str, edition: Edition) -> Page | None:
        last, pages = self._pages
        return pages.get(name) if last is edition else None

    def _keep(self, name: str, edition: Edition, body: bytes) -> Page:
        last, pages = self._pages
        if last is not edition:
            pages = Bounded(self._limit)
            self._pages = edition, pages
        made = self._dated(name, body, edition.report.now)
        pages[name] = self._packed(made)
        return made

    def _packed(self, made: Page) -> Page:
        if not self._packs:
            return made
        return replace(made, body=zlib.compress(made.body, _FAST))

    def _unpacked(self, kept: Page) -> Page:
        if not self._packs:
            return kept
        return replace(kept, body=zlib.decompress(kept.body))

    def _dated(self, name: str, body: bytes, now: datetime) -> Page:
        """Return a page, which has the date of the last one if it is the same."""
        made = page(body, self._kind, now)
        etag, date = self._dates.get(name, ("", now))
        if etag == made.etag:
            return page(body, self._kind, date)
        self._dates[name] = made.etag, made.made
        return made
