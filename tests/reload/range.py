"""One site under fire, and the files that are replaced in it meanwhile."""

import contextlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

from mirrorsel.state import write_snapshot
from tests.reload.games import Game, Spoil, by_rename
from tests.reload.looks import GET, JSON, LIST, LOOKS, PROOF
from tests.reload.report import AGREE, Round
from tests.reload.shooter import Seen
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
            f"list {name}",
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
            f"settings {name}",
            lambda: game(self.site.settings, content),
            self._shows_settings,
            number,
            proof=True,
        )
        self.settings = number

    def replace_snapshot(self, game: Game, name: str, number: int) -> None:
        """Replace the snapshot by another version, made as the checker makes it."""
        made = self.site.base / "made"
        write_snapshot(made, snapshot(number, self.listed))
        content = made.read_bytes()
        self._play(
            f"snapshot {name}",
            lambda: game(self.site.state.snapshot, content),
            self._shows_snapshot,
            number,
        )

    def spoil_list(self, spoil: Spoil, name: str) -> None:
        """Make the list unusable: the version before stays."""
        self._spoil(self.site.list, spoil, f"list {name}")
        if not self._shows_list(self.listed.number):
            self.complaints.append(f"list {name}: the one before was not kept")

    def spoil_settings(self, spoil: Spoil, name: str) -> None:
        """Make the settings unusable: the version before stays."""
        self._spoil(self.site.settings, spoil, f"settings {name}")
        if not self._shows_settings(self.settings):
            self.complaints.append(f"settings {name}: those before were not kept")

    def spoil_snapshot(self, spoil: Spoil, name: str, number: int) -> None:
        """Make the snapshot unusable: the version before stays."""
        self._spoil(self.site.state.snapshot, spoil, f"snapshot {name}")
        if not self._shows_snapshot(number):
            self.complaints.append(f"snapshot {name}: the one before was not kept")

    def _play(
        self,
        name: str,
        play: Callable[[], None],
        shows: Callable[[int], bool],
        version: int,
        *,
        proof: bool = False,
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
                name=name,
                version=version,
                began=began,
                installed=installed,
                agreed=agreed,
                proof=proof,
            )
        )

    def _spoil(self, path: Path, spoil: Spoil, name: str) -> None:
        with self.lock:
            spoil(path)
        time.sleep(_HOLD)
        assert name

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


def restore(path: Path, content: bytes) -> None:
    """Put a file back, whatever stands in its place."""
    by_rename(path, content)


def _clients() -> Iterator[str]:
    return (f"127.0.251.{one}" for one in range(1, 1 + _LOOKS))


@contextlib.contextmanager
def shooting(
    site: Site, shooters: int, *, light: bool
) -> Iterator[Callable[[], tuple[Seen, ...]]]:
    """Shoot with so many processes; what is given ends them and returns what they saw.

    With `light`, they ask for redirects alone.
    """
    more = ["light"] if light else []
    command = [sys.executable, "-m", "tests.reload.shooter", str(site.port)]
    with contextlib.ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen(
                    [*command, str(seed), *more],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for seed in range(shooters)
        ]

        def stop() -> tuple[Seen, ...]:
            told = [one.communicate() for one in processes]
            return tuple(Seen(**json.loads(out)) for out, _ in told)

        try:
            yield stop
        finally:
            for one in processes:
                one.kill()
