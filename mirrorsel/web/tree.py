"""The published files as one generation of the list sees them."""

import logging
from collections.abc import Callable
from typing import TypeVar

from mirrorsel.errors import StateError
from mirrorsel.model import Listing, Pieces, PublishedFile
from mirrorsel.selection.absent import NOBODY, Absent
from mirrorsel.selection.bounded import Bounded
from mirrorsel.selection.geography import Geography
from mirrorsel.tree import Absence, FileIndex, Holders
from mirrorsel.tree.holders import LONGEST

T = TypeVar("T")
_log = logging.getLogger("mirrorsel.web")

_REMEMBERED = 8192
_SETS = 4096


class Tree:
    """The index of files, with who holds them by the list's own positions.

    An index that turns out to be damaged counts as none from then on: each request
    is answered as if nothing were known of files. Any number of threads may ask.
    """

    def __init__(
        self,
        files: FileIndex,
        holders: Holders | None,
        geography: Geography,
    ) -> None:
        """Take the index, who holds what, and the list that it is to serve."""
        self._files: FileIndex | None = files
        self._made = files.about.made
        same = holders is not None and holders.lineage == files.about.lineage
        self.holders = holders if same else None
        """Who holds what; None while no mirror was scanned for this index."""
        scanned = self.holders.mirrors if self.holders else ()
        # Of mirrors that are on the list alone, however many were scanned.
        self._bits = tuple(
            (place, bits)
            for place, url in enumerate(scanned)
            if (bits := _positions(geography, url))
        )
        self._known: Bounded[Absence, Absent] = Bounded(_SETS)
        self._absent: Bounded[str, Absent] = Bounded(_REMEMBERED)

    @property
    def made(self) -> int:
        """When the index was published, in seconds of Unix time."""
        return self._made

    @property
    def usable(self) -> bool:
        """Whether the index has not been found to be damaged."""
        return self._files is not None

    @property
    def edition(self) -> object:
        """What is another for each version of the index; None for a damaged one."""
        return self._files.about if self._files else None

    def find(self, path: str) -> PublishedFile | None:
        """Return a published file; None if there is none, or if nothing is known."""
        # A redirect asks this several times, so that it does without `_ask`.
        files = self._files
        if files is None:
            return None
        try:
            return files.find(path)
        except StateError as error:
            self._give_up(error)
            return None

    def has(self, path: str) -> bool:
        """Return whether there is a file of that path; it costs less than `find`."""
        return self._ask(lambda files: files.has(path), otherwise=False)

    def is_folder(self, path: str) -> bool:
        """Return whether a path is that of a folder, with or without its slash."""
        name = path.removesuffix("/")
        return self._ask(lambda files: files.is_folder(name), otherwise=False)

    def folder(self, path: str, *, after: str, most: int) -> Listing | None:
        """Return what is in a folder; None if there is none of that path.

        Args:
            path: Its path, with or without its slash.
            after: Behind which name it begins; see `Listing.next`.
            most: How many entries at most.

        """
        name = path.removesuffix("/")
        return self._ask(lambda files: files.folder(name, after=after, most=most), None)

    def pieces(self, file: PublishedFile) -> Pieces | None:
        """Return the hashes of a file's pieces; None where it has none."""
        return self._ask(lambda files: files.pieces(file.number), None)

    def knows(self, path: str) -> bool:
        """Return whether there is a file or a folder of that path."""
        return self.find(path) is not None or self.is_folder(path)

    def absent(self, path: str) -> Absent:
        """Return the mirrors of which is known that they do not have a file.

        A file that is not in the index is newer than all scans.
        """
        absent = self._absent.get(path)
        if absent is None:
            found = self.find(path)
            absent = self._work_out(path, found)
            # Names that clients make up are as many, and as long, as they like.
            if found:
                self._absent[path] = absent
        return absent

    def _work_out(self, path: str, found: PublishedFile | None) -> Absent:
        if self.holders is None or (found is None and self.is_folder(path)):
            return NOBODY
        absence = self.holders.absence(found.number if found else LONGEST)
        if not self.usable:
            return NOBODY
        known = self._known.get(absence)
        if known is None:
            missing, wrong = (self._translated(mask) for mask in absence)
            known = Absent(missing, wrong) if missing or wrong else NOBODY
            self._known[absence] = known
        return known

    def _translated(self, mask: int) -> int:
        return sum(bits for place, bits in self._bits if mask >> place & 1)

    def _ask(self, question: Callable[[FileIndex], T], otherwise: T) -> T:
        if self._files is None:
            return otherwise
        try:
            return question(self._files)
        except StateError as error:
            self._give_up(error)
            return otherwise

    def _give_up(self, error: StateError) -> None:
        self._files = None
        self._absent.clear()
        _log.error("%s; files are not looked up any more", error)


def _positions(geography: Geography, url: str) -> int:
    """Return the places of a mirror in the list, as a bit mask."""
    return sum(1 << one.position for one in geography.by_url.get(url, ()))
