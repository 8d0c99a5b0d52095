"""The files that a realm is made of, each with what stands in for it."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from mirrorsel.config import Settings, read_settings
from mirrorsel.errors import InputError
from mirrorsel.geo import (
    Locator,
    make_locator,
    open_networks,
    open_places,
)
from mirrorsel.lists import require, stand_in
from mirrorsel.model import Country
from mirrorsel.selection.geography import Geography
from mirrorsel.state import SETTLE, StateFolder, Watched, read_snapshot
from mirrorsel.state.holders import read_holders
from mirrorsel.tree import FileIndex
from mirrorsel.web.realm import Sources
from mirrorsel.web.tree import Tree

T = TypeVar("T")


class Files:
    """Settings, list, snapshot and databases, watched.

    Which files these are is settled once, by the first settings that can be used;
    until then, by the defaults.
    """

    def __init__(
        self,
        settings_file: Path,
        *,
        state: StateFolder | None = None,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[Path], None] = lambda _: None,
    ) -> None:
        """Read all of them once.

        Args:
            settings_file: The settings, which name the other files.
            state: The state folder; by default the one that the settings name.
            clock: Seconds that only go forward.
            wait: Returns when what people edit is not in the midst of being written.

        """
        self._clock = clock
        wait(settings_file)
        self._settings = self._edited(settings_file, read_settings)
        self._settled = self._settings.value is not None
        self._first = self._settings.value or Settings(folder=settings_file.parent)
        self.state = state or StateFolder(self._first.state_folder)
        """What the checker writes."""
        wait(self._first.list_file)
        self._list = self._edited(self._first.list_file, require)
        self._spare = stand_in(self._first.list_file, self.state.last_good_list)
        self._snapshot = Watched(
            self.state.snapshot, read_snapshot, settle=0, clock=clock
        )
        self._index = Watched(self.state.files, FileIndex, settle=0, clock=clock)
        self._holders = Watched(self.state.holders, read_holders, settle=0, clock=clock)
        geoip = self._first.geoip
        self._places = self._database(geoip.database, open_places)
        self._networks = self._database(geoip.asn_database, open_networks)
        self._placed: tuple[object, object, Locator] | None = None

    @property
    def misplaced(self) -> bool:
        """Whether the defaults still name the files, though there are settings."""
        return self._settings.value is not None and not self._settled

    def watched(self) -> tuple[Watched[Any], ...]:
        """Return all that is watched."""
        databases = (one for one in (self._places, self._networks) if one)
        written = (self._snapshot, self._index, self._holders)
        return (self._settings, self._list, *written, *databases)

    def problems(self) -> tuple[InputError, ...]:
        """Return what is wrong now; what was not yet written is nothing wrong."""
        new = (
            None if self.state.has_snapshot else self._snapshot,
            None if self.state.files.exists() else self._index,
            None if self.state.holders.exists() else self._holders,
        )
        return tuple(
            one.error for one in self.watched() if one.error and one not in new
        )

    @property
    def list_errors(self) -> int:
        """How many errors the list has, as it is now; none where it is in force."""
        error = self._list.error
        return sum(not one.warning for one in error.problems) if error else 0

    def stand_in(self) -> str | None:
        """Return what is used for a list that never was good, else None."""
        return None if self._list.value else self._spare.about

    def shapes_geography(self, one: Watched[Any]) -> bool:
        """Return whether selection must be prepared anew when this file changes."""
        return one is self._settings or one is self._list

    def tree(self, geography: Geography) -> Tree | None:
        """Return the published files, for one generation of the list.

        Where the settings want no index, one that is still there is not used.
        """
        if (self._settings.value or self._first).tree.index == "off":
            return None
        files = self._index.value
        return Tree(files, self._holders.value, geography) if files else None

    def sources(self, countries: Mapping[str, Country]) -> Sources:
        """Return what is in force of each; without a database, the embedded table."""
        return Sources(
            settings=self._settings.value or self._first,
            mirrors=self._list.value or self._spare.mirrors,
            snapshot=self._snapshot.value,
            locator=self._place(countries),
        )

    def _place(self, countries: Mapping[str, Country]) -> Locator:
        """Return the same locator, with what it remembers, until a database changes."""
        places = self._places.value if self._places else None
        networks = self._networks.value if self._networks else None
        placed = self._placed
        if placed is None or placed[0] is not places or placed[1] is not networks:
            made = make_locator(places, networks, countries)
            placed = self._placed = places, networks, made
        return placed[2]

    def _database(
        self, name: str, load_database: Callable[[Path], T]
    ) -> Watched[T] | None:
        if not name:
            return None
        return self._edited(self._first.path(name), load_database)

    def _edited(self, path: Path, read: Callable[[Path], T]) -> Watched[T]:
        return Watched(path, read, settle=SETTLE, clock=self._clock)
