"""Editions of the index, and how often there are any."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mirrorsel.indexing.clocks import Clocks
from mirrorsel.indexing.publisher import Publisher
from mirrorsel.indexing.stand import Stand
from mirrorsel.indexing.store import Facts, Store
from mirrorsel.tree import FileIndex


class Desk:
    """A store with a publisher, whose clock goes on by each question."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.now = 0.0
        self.step = 0.0
        self.store = store
        self.files = folder / "files"
        clocks = Clocks(steady=self._tell, wall=lambda: 1_700_000_000.0)
        self.publisher = Publisher(store, self.files, hashed=True, clocks=clocks)

    def _tell(self) -> float:
        self.now += self.step
        return self.now

    def editions(self) -> int:
        """Return how many files readers find; 0 without an edition."""
        return FileIndex(self.files).count() if self.files.exists() else 0


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give a store of one file that nobody was told of."""
    with closing(Store(tmp_path / "work", "/t")) as store:
        store.put("a", Facts(1, 1))
        yield Desk(tmp_path, store)


def test_nothing_new(desk: Desk) -> None:
    """Readers keep their edition until there is something new."""
    assert desk.publisher.publish()
    before = desk.files.stat()

    assert desk.publisher.publish()
    assert desk.files.stat() == before


def test_what_takes_long_is_done_less_often(desk: Desk) -> None:
    """An edition that took 7 seconds is followed by no other for 70."""
    desk.step = 1.0
    desk.publisher.publish()
    took, desk.step = desk.now, 0.0
    desk.store.put("b", Facts(1, 1))

    assert not desk.publisher.publish()
    assert desk.editions() == 1
    desk.now += 10 * took
    assert desk.publisher.publish()
    assert desk.editions() == 2


def test_at_once(desk: Desk) -> None:
    """Where nobody comes again later, it is published at once."""
    desk.step = 1.0
    desk.publisher.publish()
    desk.step = 0.0
    desk.store.put("b", Facts(1, 1))

    assert desk.publisher.publish(at_once=True)
    assert desk.editions() == 2


def test_within_the_first_round(desk: Desk) -> None:
    """Half a tree is never published, as the other half would count as missing."""
    desk.now += 9999
    desk.publisher.within()

    assert desk.editions() == 0


def test_within_a_round_that_takes_long(desk: Desk) -> None:
    """What is new is published after half a minute, though the round goes on."""
    Stand(desk.store.database).completed()
    desk.publisher.within()
    assert desk.editions() == 0
    desk.now += 31
    desk.publisher.within()

    assert desk.editions() == 1


def test_an_edition_that_somebody_removed(desk: Desk) -> None:
    """It is published again, though nothing is new."""
    desk.publisher.publish()
    desk.files.unlink()

    assert desk.publisher.publish()
    assert desk.editions() == 1
