"""Pages that were rendered, kept until there is something else to say."""

from collections.abc import Callable
from typing import Generic, TypeVar

from mirrorsel.selection.bounded import Bounded
from mirrorsel.web.status.answer import Page, page
from mirrorsel.web.status.source import Edition

K = TypeVar("K")


class Kept(Generic[K]):
    """Renders each page once for an edition.

    Several threads may use it: the worst that can happen is work done twice.
    """

    def __init__(self, kind: str, limit: int = 1) -> None:
        """Keep `limit` pages of a media type at most."""
        self._kind = kind
        self._known: Bounded[K, tuple[Edition, Page]] = Bounded(limit)

    def get(self, key: K, edition: Edition, render: Callable[[], bytes]) -> Page:
        """Return a page of this edition."""
        before = self._known.get(key)
        if before is not None and before[0] is edition:
            return before[1]
        last = before[1] if before else None
        made = page(render(), self._kind, edition.report.now, last)
        self._known[key] = edition, made
        return made
