"""The checker's thread that keeps the index."""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mirrorsel.checker.index_keeper import IndexKeeper
from mirrorsel.config import Settings, read_settings
from mirrorsel.errors import StateError
from mirrorsel.indexing import read_standing
from mirrorsel.indexing.clocks import Clocks
from mirrorsel.state import StateFolder
from tests.checker.test_service import Site
from tests.indexing.trees import LATER, lay, published
from tests.loopback import Loopback, stamped
from tests.waiting import wait_for

TREE = '[tree]\nindex = "{index}"\nfolder = "{folder}"\nindex_period = "{period}"\n'


class Place:
    """Settings, a tree and a keeper of its index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tree = lay(folder / "tree", {"a/one": b"1", "two": b"2"})
        self.state = StateFolder(folder / "state")
        self.after: list[Settings] = []
        self.defect: Exception | None = None
        self.settings: Settings | None = None
        self.now = 0.0
        self.keeper = IndexKeeper(
            lambda: self.settings,
            self.state,
            after=self._after,
            step=0.01,
            clocks=Clocks(steady=lambda: self.now, wall=LATER.wall),
        )

    def want(
        self,
        index: str = "folder",
        tree: str = "tree",
        more: str = "",
        *,
        period: str = "1s",
    ) -> None:
        """Put settings into force."""
        file = self.folder / "mirrorsel.toml"
        text = TREE.format(index=index, folder=self.folder / tree, period=period)
        file.write_text(text + more)
        self.settings = read_settings(file)

    def paths(self) -> set[str]:
        """Return the files that readers find."""
        try:
            return set(published(self.state.path))
        except StateError:
            return set()

    def problem(self) -> str:
        """Return why the last round failed."""
        try:
            return read_standing(self.state.indexed).problem
        except StateError:
            return ""

    def _after(self, settings: Settings) -> None:
        self.after.append(settings)
        if self.defect is not None:
            raise self.defect


@pytest.fixture
def place(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Place]:
    """Give a place whose keeper is at work, and ends with the test."""
    caplog.set_level(logging.INFO, "mirrorsel")
    place = Place(tmp_path)
    place.keeper.start()
    yield place
    place.keeper.end()
    assert not any(one.name == "indexer" for one in threading.enumerate())


def test_the_index_is_kept(place: Place) -> None:
    """It is made at once, and brought up to date when a period has passed."""
    place.want()
    wait_for(lambda: place.paths() == {"a/one", "two"})
    lay(place.tree, {"three": b"3"})
    wait_for(lambda: len(place.after) == 1)
    place.now += 1.5

    wait_for(lambda: place.paths() == {"a/one", "two", "three"})
    wait_for(lambda: len(place.after) == 2)


def test_a_shorter_period(place: Place) -> None:
    """It counts at once, and not when the old one has passed."""
    place.want(period="1d")
    wait_for(lambda: len(place.after) == 1)
    place.want(period="1s")

    def has_done_another() -> bool:
        place.now += 2
        return len(place.after) == 2

    wait_for(has_done_another)


@pytest.mark.parametrize(
    ("index", "more"),
    [
        pytest.param("off", "", id="off"),
        pytest.param("folder", "[checker]\nenabled = false\n", id="made elsewhere"),
    ],
)
def test_no_index(place: Place, index: str, more: str) -> None:
    """Where the settings want none, or it comes from elsewhere, nothing is read."""
    place.want(index, more=more)
    lay(place.folder / "other", {"three": b"3"})
    # Had it begun with the first tree, it would be seen to.
    place.want(index, "other", more=more)

    place.keeper.end()
    assert not place.state.index.exists()
    assert place.after == []


def test_settings_that_change(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    """Another folder, off and on again count without a restart."""
    lay(place.folder / "other", {"three": b"3"})
    place.want()
    wait_for(lambda: len(place.paths()) == 2)
    place.want(tree="other")
    wait_for(lambda: place.paths() == {"three"})
    place.want("off")
    wait_for(lambda: "the index of published files is not kept any more" in caplog.text)
    place.want()

    wait_for(lambda: len(place.paths()) == 2)


def test_a_tree_that_comes_later(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder that is not there is told once, and its coming is seen."""
    place.want(tree="later")
    wait_for(lambda: "later: the published tree cannot be read" in place.problem())
    place.now += 61
    wait_for(lambda: caplog.text.count("cannot be read") == 1)
    lay(place.folder / "later", {"x": b"x"})
    place.now += 61

    wait_for(lambda: place.paths() == {"x"})
    wait_for(lambda: "the index is kept again" in caplog.text)
    assert caplog.text.count("the last edition of the index stands") == 1


def test_what_is_told_of_a_tree(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    """What is left out and what is disputed is told, and each once."""
    (place.tree / "link").symlink_to("/etc/passwd")
    lay(place.tree, {"two.sha256": b"0" * 64, ".x": b"", ".y": b""})
    place.want()
    for rounds in range(1, 4):
        wait_for(lambda: len(place.after) >= rounds)  # noqa: B023 - called within the loop
        place.now += 1.5
    (place.tree / "two.sha256").unlink()
    place.now += 1.5
    wait_for(lambda: "two is disputed no more" in caplog.text)

    told = [one for one in caplog.messages if "left out" in one or "disputed, " in one]
    link = "a link out of the tree, to nothing or in a circle"
    assert sorted(told) == [
        f"left out of the index, as they are {link}: 1, such as link",
        "left out of the index, as they are hidden: 2, such as .x",
        "two is disputed, and no hash of it handed out: two.sha256 has another SHA-256",
    ]


def test_a_defect_ends_nothing(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    """It is told with its traceback, and the next round follows after a pause."""
    place.defect = LookupError("a")
    place.want()
    wait_for(lambda: "the indexer has a defect" in caplog.text)
    place.defect = None
    place.now += 61

    wait_for(lambda: "the indexer works again" in caplog.text)
    assert "Traceback" in caplog.text


def test_the_end_comes_at_once(place: Place) -> None:
    """A round that would take hours ends with the process."""
    with (place.tree / "large").open("wb") as file:
        file.truncate(2**39)
    place.want()
    wait_for(place.state.work.exists)

    place.keeper.end()
    assert not any(one.name == "indexer" for one in threading.enumerate())


def test_the_thread_lets_others_go_first(place: Place) -> None:
    """It has the lowest priority; nobody else's is changed."""
    place.want()
    wait_for(lambda: len(place.after) == 1)
    (thread,) = (one for one in threading.enumerate() if one.name == "indexer")
    assert thread.native_id is not None

    assert os.getpriority(os.PRIO_PROCESS, thread.native_id) == 19
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) < 19


def test_a_whole_checker(tmp_path: Path) -> None:
    """A checker in a process of its own keeps an index, and SIGTERM ends it at once."""
    tree = lay(tmp_path / "tree", {"a": b"a"})
    with Loopback(stamped(), host="127.0.0.2") as origin:
        site = Site(folder=tmp_path, origin=origin)
        site.write(
            origin.url, more=TREE.format(index="folder", folder=tree, period="1s")
        )
        with site.spawn() as process:
            wait_for(lambda: _is_whole(site.state))
            with (tree / "large").open("wb") as file:
                file.truncate(2**39)
            wait_for(lambda: _is_reading(site.state))
            process.send_signal(signal.SIGTERM)
            code = process.wait(timeout=5)

    assert code == 0
    assert set(published(site.state.path)) == {"a"}


def _is_whole(state: StateFolder) -> bool:
    return state.indexed.exists() and read_standing(state.indexed).ended is not None


def _is_reading(state: StateFolder) -> bool:
    progress = read_standing(state.indexed).progress
    return progress is not None and progress.done_bytes > 0
