"""What is known of mirrors' files, kept equal to the files of the state folder."""

import logging
from collections.abc import Callable, Collection
from typing import TypeVar

from mirrorsel.errors import StateError
from mirrorsel.model import LastScan
from mirrorsel.scanning.scan import Scan
from mirrorsel.scanning.schedule import NEVER, Past
from mirrorsel.state import StateFolder
from mirrorsel.state.holders import read_holders, write_holders
from mirrorsel.state.scans import read_scans, write_scans
from mirrorsel.tree import Holders

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Ledger:
    """The writer of who holds what, and of how scans went.

    Args:
        folder: Where; what is there already counts.

    """

    holders: Holders
    """Who holds what."""
    scans: dict[str, LastScan]
    """How the last scan of each mirror went."""

    def __init__(self, folder: StateFolder) -> None:
        self._folder = folder
        nothing = Holders(lineage="")
        self.holders = self._saved = _kept(
            lambda: read_holders(folder.holders), nothing
        )
        unknown: dict[str, LastScan] = {}
        self.scans = _kept(lambda: dict(read_scans(folder.scans)), unknown)
        self._saved_scans = dict(self.scans)
        self._told = ""

    def begin(self, lineage: str) -> None:
        """Take note of which index counts; what is known of another is forgotten."""
        if self.holders.lineage != lineage:
            self.holders = Holders(lineage=lineage)
            self.scans = {}

    def forget_all_but(self, urls: Collection[str]) -> None:
        """Forget the mirrors that are not among some."""
        self.holders = self.holders.only(urls)
        if not self.scans.keys() <= set(urls):
            self.scans = {url: one for url, one in self.scans.items() if url in urls}

    def past(self, url: str) -> Past:
        """Return what came of the scans of a mirror."""
        last = self.scans.get(url)
        return Past(
            scanned=self.holders.scanned.get(url),
            failures=last.failures if last else 0,
            tried=last.ended if last and last.failures else NEVER,
        )

    def note(self, url: str, last: LastScan, scan: Scan | None = None) -> None:
        """Take note of how the scan of a mirror went, and of what a whole one saw."""
        self.scans[url] = last
        if scan is not None:
            seen = scan.matched.seen
            self.holders = self.holders.with_scan(url, seen, scan.at)

    def save(self) -> bool:
        """Write what has changed; return whether all of it is written."""
        try:
            self._folder.index.mkdir(parents=True, exist_ok=True)
            self.write()
        except (StateError, OSError) as error:
            self._tell(f"{error}")
            return False
        self._told = ""
        return True

    def write(self) -> None:
        """Write what has changed.

        Raises:
            StateError: it cannot be written.

        """
        if self.holders is not self._saved:
            write_holders(self._folder.holders, self.holders)
            self._saved = self.holders
        if self.scans != self._saved_scans:
            write_scans(self._folder.scans, self.scans)
            self._saved_scans = dict(self.scans)

    def _tell(self, text: str) -> None:
        if text != self._told:
            _log.error("%s; what scans see is written when it can be", text)
        self._told = text


def _kept(read: Callable[[], T], otherwise: T) -> T:
    try:
        return read()
    except StateError as error:
        if not error.__cause__ or not isinstance(error.__cause__, FileNotFoundError):
            _log.warning("%s; mirrors are scanned anew", error)
        return otherwise
