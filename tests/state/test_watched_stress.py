"""One thread that follows a file, many that read the value, and no mercy."""

import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Self

import pytest

from mirrorsel.lists import require
from mirrorsel.model import MirrorList
from mirrorsel.state import Watched
from tests.reload.games import GAMES, SPOILS, Game, by_rename, in_place
from tests.reload.versions import Version, mirrors_in, versions_in
from tests.waiting import wait_for

# A writer that this machine holds up must not seem to have ended.
_SETTLE = 0.6
_PAUSE = 0.05
_LOOK = 0.02
_READERS = 4
_GAMES: Mapping[str, Game] = {
    **GAMES,
    "rewritten in place with pauses": partial(in_place, pause=_PAUSE),
}


class Followed:
    """A list that one thread follows and others read."""

    def __init__(self, path: Path) -> None:
        """Read it once."""
        self.watched = Watched(path, require, settle=_SETTLE)
        self.torn: list[str] = []
        self.readings = 0
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._follow)] + [
            threading.Thread(target=self._read) for _ in range(_READERS)
        ]

    def __enter__(self) -> Self:
        """Start all threads."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End them."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    @property
    def number(self) -> int:
        """The version in force."""
        return _version(self.watched.value).number

    def _follow(self) -> None:
        while not self._stop.wait(_LOOK):
            self.watched.poll()

    def _read(self) -> None:
        while not self._stop.wait(0.001):
            self.readings += 1
            if not _is_whole(self.watched.value):
                self.torn.append(f"{self.watched.value}")


def _text(mirrors: MirrorList | None) -> str:
    return "\n".join(one.url for one in mirrors.mirrors) if mirrors else ""


def _version(mirrors: MirrorList | None) -> Version:
    return versions_in(_text(mirrors))[0]


def _is_whole(mirrors: MirrorList | None) -> bool:
    found = set(versions_in(_text(mirrors)))
    return len(found) == 1 and {mirrors_in(_text(mirrors))} == {
        one.mirrors for one in found
    }


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[tuple[Path, Followed]]:
    """Follow a list in a folder behind a link."""
    first = tmp_path / "releases" / "first"
    first.mkdir(parents=True)
    (tmp_path / "current").symlink_to(first)
    path = tmp_path / "current" / "mirrors.list"
    path.write_text(Version(1, 20).text)
    with Followed(path) as running:
        yield path, running


def test_all_games(followed: tuple[Path, Followed]) -> None:
    """However it is replaced, readers have one whole version, at last the newest."""
    path, running = followed
    for number, game in enumerate(_GAMES.values(), start=2):
        game(path, Version(number, 20 + number).text.encode())
        wait_for(_shows(running, number))

    assert [] == running.torn
    assert running.readings > 100


def test_all_spoils(followed: tuple[Path, Followed]) -> None:
    """However it is spoilt, the version before stays until there is another."""
    path, running = followed
    for number, (name, spoil) in enumerate(SPOILS.items(), start=2):
        spoil(path)
        # What is closed to others is open to root.
        if name not in {"closed", "of another owner"}:
            wait_for(lambda: running.watched.error is not None)
        assert running.number == number - 1
        by_rename(path, Version(number, 20).text.encode())
        wait_for(_shows(running, number))

    assert [] == running.torn


def _shows(running: Followed, number: int) -> Callable[[], bool]:
    return lambda: running.number == number
