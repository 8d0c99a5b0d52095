"""The files of a site that are replaced, and when all answers are of the new ones."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

from mirrorsel.state import write_snapshot
from tests.reload.games import Game, Spoil
from tests.reload.looks import GET, JSON, LIST, LOOKS, PROOF
from tests.reload.report import AGREE, Round
from tests.reload.site import Site, settings
from tests.reload.versions import Version, snapshot, stamp

_HOLD = 1.6
"""For so many seconds a file stays spoilt: until it counts as standing still."""
_LOOKS = 30
"""So many answers in a row must be of a version, each from another client."""


@dataclass(slots=True, kw_only=True)
class Range:
    """The versions in force, and what came of each replacement."""

    site: Site
    listed: Version
    settings: int = 0
    rounds: list[Round] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    """Files are replaced one at a time: one game copies the whole folder."""

    def replace_list(self, game: Game, name: str, mirrors: int) -> None:
        """Replace the list by the next version."""
        version = Version(self.listed.number + 1, mirrors)
        self._play(
            ("list", name),
            lambda: game(self.site.list, version.text.encode()),
            self._shows_list,
            version.number,
        )
        self.listed = version

    def replace_settings(self, game: Game, name: str) -> None:
        """Replace the settings by the next version."""
        number = self.settings + 1
        content = settings(self.site.base, number)
        self._play(
            ("settings", name),
            lambda: game(self.site.settings, content),
            self._shows_settings,
            number,
        )
        self.settings = number

    def replace_snapshot(self, game: Game, name: str, number: int) -> None:
        """Replace the snapshot by another version, made as the checker makes it."""
        made = self.site.base / "made"
        write_snapshot(made, snapshot(number, self.listed))
        content = made.read_bytes()
        self._play(
            ("snapshot", name),
            lambda: game(self.site.state.snapshot, content),
            self._shows_snapshot,
            number,
        )

    def spoil_list(self, spoil: Spoil, name: str) -> None:
        """Make the list unusable: the version before stays."""
        self._spoil(self.site.list, spoil)
        if not self._shows_list(self.listed.number):
            self.complaints.append(f"list {name}: the one before was not kept")

    def spoil_settings(self, spoil: Spoil, name: str) -> None:
        """Make the settings unusable: the version before stays."""
        self._spoil(self.site.settings, spoil)
        if not self._shows_settings(self.settings):
            self.complaints.append(f"settings {name}: those before were not kept")

    def spoil_snapshot(self, spoil: Spoil, name: str, number: int) -> None:
        """Make the snapshot unusable: the version before stays."""
        self._spoil(self.site.state.snapshot, spoil)
        if not self._shows_snapshot(number):
            self.complaints.append(f"snapshot {name}: the one before was not kept")

    def _play(
        self,
        named: tuple[str, str],
        play: Callable[[], None],
        shows: Callable[[int], bool],
        version: int,
    ) -> None:
        with self.lock:
            began = time.monotonic()
            play()
            installed = time.monotonic()
        agreed = inf
        while agreed == inf and time.monotonic() < installed + AGREE:
            moment = time.monotonic()
            if shows(version):
                agreed = moment
        self.rounds.append(
            Round(
                file=named[0],
                name=named[1],
                version=version,
                began=began,
                installed=installed,
                agreed=agreed,
            )
        )

    def _spoil(self, path: Path, spoil: Spoil) -> None:
        with self.lock:
            spoil(path)
        time.sleep(_HOLD)

    def _shows_list(self, version: int) -> bool:
        published = LOOKS[LIST](self.site.ask(LIST))
        return published.number == version and all(
            LOOKS[GET](self.site.ask(GET, one)).number == version for one in _clients()
        )

    def _shows_settings(self, version: int) -> bool:
        return all(
            LOOKS[PROOF](self.site.ask(PROOF, one)).number == version
            for one in _clients()
        )

    def _shows_snapshot(self, version: int) -> bool:
        written = stamp(version)
        return all(written in self.site.ask(JSON, one).body for one in _clients())


def _clients() -> Iterator[str]:
    return (f"127.0.251.{one}" for one in range(1, 1 + _LOOKS))
