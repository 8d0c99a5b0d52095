"""The files that a realm is made of, each with what stands in for it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from mirrorsel.config import Settings, read_settings
from mirrorsel.errors import InputError, ListError
from mirrorsel.geo import (
    Database,
    make_locator,
    open_networks,
    open_places,
)
from mirrorsel.lists import load, require
from mirrorsel.model import Country, MirrorList
from mirrorsel.state import StateFolder, Watched, read_snapshot
from mirrorsel.web.realm import Sources

# Admins edit in place: a file must stand still before it is read.
_SETTLE = 1.0


class Files:
    """Settings, list, snapshot and databases, watched.

    Which files these are is settled once, by the first settings.
    """

    def __init__(self, settings_file: Path) -> None:
        """Read all of them once."""
        self._settings = Watched(settings_file, read_settings, settle=_SETTLE)
        self._first = self._settings.value or Settings(folder=settings_file.parent)
        state = StateFolder(self._first.state_folder)
        self._list = Watched(self._first.list_file, require, settle=_SETTLE)
        self._spare = _spare_list(self._first.list_file, state.last_good_list)
        self._snapshot = Watched(state.snapshot, read_snapshot, settle=0)
        geoip = self._first.geoip
        self._places = self._database(geoip.database, open_places)
        self._networks = self._database(geoip.asn_database, open_networks)

    def watched(self) -> tuple[Watched[Any], ...]:
        """Return all that is watched."""
        databases = (one for one in (self._places, self._networks) if one)
        return (self._settings, self._list, self._snapshot, *databases)

    def problems(self) -> tuple[InputError, ...]:
        """Return what is wrong now; a snapshot not yet written is nothing wrong."""
        new = self._snapshot if self._snapshot.value is None else None
        return tuple(
            one.error for one in self.watched() if one.error and one is not new
        )

    def shapes_geography(self, one: Watched[Any]) -> bool:
        """Return whether selection must be prepared anew when this file changes."""
        return one is self._settings or one is self._list

    def sources(self, countries: Mapping[str, Country]) -> Sources:
        """Return what is in force of each; without a database, the embedded table."""
        return Sources(
            settings=self._settings.value or self._first,
            mirrors=self._list.value or self._spare,
            snapshot=self._snapshot.value,
            locator=make_locator(
                self._places.value if self._places else None,
                self._networks.value if self._networks else None,
                countries,
            ),
        )

    def _database(
        self, name: str, load_database: Callable[[Path], Database]
    ) -> Watched[Database] | None:
        if not name:
            return None
        return Watched(self._first.path(name), load_database, settle=_SETTLE)


def _spare_list(list_file: Path, last_good: Path) -> MirrorList:
    """Return what is used until there is a good list.

    It is the last good one that the checker kept, else the good lines of the list
    as it is, else nothing.
    """
    with suppress(ListError):
        return require(last_good)
    with suppress(ListError):
        return load(list_file).list
    return MirrorList(mirrors=())
