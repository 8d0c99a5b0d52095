"""What scans that have not ended have seen, kept for when they go on."""

import logging
import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Protocol

from mirrorsel.errors import StateError
from mirrorsel.state.underway import (
    Underway,
    forget_underway,
    name_of,
    read_underway,
    tidy_underway,
    write_underway,
)

_log = logging.getLogger(__name__)

# As long as one scan may take: what is older may have gone since.
_GOOD_FOR = 6 * 3600.0


class Kept(Protocol):
    """What keeps how far a scan has come."""

    def begun(
        self, url: str, lineage: str, prefixes: tuple[str, ...]
    ) -> Underway | None:
        """Return from where the scan of a URL goes on; None if it begins."""
        ...

    def keep(self, underway: Underway) -> None:
        """Keep how far a scan has come."""
        ...


class NotKept:
    """Keeps nothing: each scan begins anew."""

    def begun(
        self, url: str, lineage: str, prefixes: tuple[str, ...]
    ) -> Underway | None:
        """Return that it begins."""

    def keep(self, underway: Underway) -> None:
        """Keep nothing."""


class Unfinished:
    """Keeps it in files, so that it outlives this process.

    Scans in several threads may keep, and one other thread forget. What cannot be
    written is told, and the scan begins anew if it has to.

    Args:
        folder: Where; what is there already counts.
        now: Seconds of Unix time.

    """

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._now = now
        self._names = tidy_underway(folder)
        self._told = ""

    def begun(
        self, url: str, lineage: str, prefixes: tuple[str, ...]
    ) -> Underway | None:
        """Return from where a scan goes on; None where there is nothing fit for it."""
        found = self._read(url)
        if found is None:
            return None
        fresh = 0 <= self._now() - found.at <= _GOOD_FOR
        same = (found.lineage, found.prefixes) == (lineage, prefixes)
        return found if fresh and same else None

    def keep(self, underway: Underway) -> None:
        """Keep how far a scan has come, in the place of what was kept of it before."""
        try:
            write_underway(self._folder, underway)
        except StateError as error:
            self._tell(f"{error}; a scan that is ended now begins anew")
        else:
            self._names.add(name_of(underway.url))
            self._told = ""

    def drop(self, urls: Iterable[str]) -> None:
        """Forget what was kept of some mirrors."""
        self._forget({name_of(one) for one in urls} if self._names else set())

    def drop_before(self, url: str, moment: float) -> None:
        """Forget a scan that began before a moment."""
        found = self._read(url)
        if found is not None and found.at < moment:
            self.drop([url])

    def only(self, urls: Collection[str]) -> None:
        """Forget all mirrors but some."""
        if self._names:
            self._forget(self._names - {name_of(one) for one in urls})

    def _read(self, url: str) -> Underway | None:
        if name_of(url) not in self._names:
            return None
        try:
            return read_underway(self._folder, url)
        except StateError as error:
            self._tell(f"{error}; the scan begins anew")
            self.drop([url])
            return None

    def _forget(self, names: set[str]) -> None:
        for name in names & self._names:
            try:
                forget_underway(self._folder, name)
            except StateError as error:
                self._tell(f"{error}")
            # One that stays is too old before long.
            self._names.discard(name)

    def _tell(self, text: str) -> None:
        if text != self._told:
            _log.warning("%s", text)
        self._told = text
