"""The published files as one generation of the list sees them."""

import logging

from mirrorsel.errors import StateError
from mirrorsel.model import PublishedFile
from mirrorsel.selection.absent import NOBODY, Absent
from mirrorsel.selection.bounded import Bounded
from mirrorsel.selection.geography import Geography
from mirrorsel.tree import Absence, FileIndex, Holders

_SETS = 4096


class Tree:
    """The index of files, with who holds them by the list's own positions.

    An index that turns out to be damaged counts as none from then on: each request
    is answered as if nothing were known of files.
    """

    def __init__(
        self,
        files: FileIndex,
        holders: Holders | None,
        geography: Geography,
        log: logging.Logger | None = None,
    ) -> None:
        """Take the index, who holds what, and the list that it is to serve."""
        self._files: FileIndex | None = files
        self._log = log or logging.getLogger("mirrorsel.web")
        same = holders is not None and holders.lineage == files.about.lineage
        self.holders = holders if same else None
        """Who holds what; None while no mirror was scanned for this index."""
        mirrors = holders.mirrors if holders and same else ()
        self._bits = tuple(_positions(geography, url) for url in mirrors)
        self._known: Bounded[Absence, Absent] = Bounded(_SETS)

    @property
    def files(self) -> FileIndex | None:
        """The index; None once it was found to be damaged."""
        return self._files

    def find(self, path: str) -> PublishedFile | None:
        """Return a published file; None if there is none, or if nothing is known."""
        if self._files is None:
            return None
        try:
            return self._files.find(path)
        except StateError as error:
            self._files = None
            self._log.error("%s; files are not looked up any more", error)
            return None

    def absent(self, path: str) -> Absent:
        """Return the mirrors of which is known that they do not have a file."""
        holders = self.holders
        if holders is None:
            return NOBODY
        found = self.find(path)
        if found is None:
            return NOBODY
        absence = holders.absence(found.number)
        known = self._known.get(absence)
        if known is None:
            missing, wrong = (self._translated(mask) for mask in absence)
            known = self._known[absence] = Absent(missing, wrong)
        return known

    def _translated(self, mask: int) -> int:
        return sum(bits for place, bits in enumerate(self._bits) if mask >> place & 1)


def _positions(geography: Geography, url: str) -> int:
    """Return the places of a mirror in the list, as a bit mask."""
    return sum(1 << one.position for one in geography.by_url.get(url, ()))
