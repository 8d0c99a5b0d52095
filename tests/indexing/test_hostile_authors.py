"""Trees of authors who may write in one folder, and would harm all others."""

import hashlib
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from mirrorsel.indexing import Ended, Indexer, Pace, Phase, Progress
from mirrorsel.indexing.clocks import Clocks
from mirrorsel.indexing.omission import Omission, Omissions
from mirrorsel.indexing.root import OutsideError, Root
from mirrorsel.indexing.walk import Walk
from mirrorsel.state import StateFolder
from tests.indexing.trees import LATER, index, lay, published, settings_of

_OTHER = hashlib.sha256(b"other").hexdigest()


def walked(tree: Path, most_by_links: int) -> tuple[list[str], Omissions]:
    """Return the folders that a walk visits, and what it leaves out."""
    omissions = Omissions()
    with Root(tree) as root:
        walk = Walk(root, omissions, lambda: None, most_by_links=most_by_links)
        return [one.path for one in walk], omissions


@pytest.mark.parametrize("name", ["../httpd/a.zip", "x/../../httpd/a.zip"])
def test_doubt_is_cast_in_ones_own_folder_alone(tmp_path: Path, name: str) -> None:
    """A hash file that names another project's file says nothing of it."""
    lies = f"{_OTHER}  {name}\n{_OTHER}  own\n".encode()
    files = {"httpd/a.zip": b"a", "evil/own": b"o", "evil/SHA256SUMS": lies}

    standing = index(lay(tmp_path / "tree", files), tmp_path / "state")

    found = published(tmp_path / "state")
    assert 1 == standing.disputed
    assert found["evil/own"][0].disputed
    assert not found["httpd/a.zip"][0].disputed
    assert found["httpd/a.zip"][0].sha256 == hashlib.sha256(b"a").digest()


def test_doubts_are_told_in_few_words(tmp_path: Path) -> None:
    """However many hash files contradict a file, a page about it stays small."""
    lies = f"{_OTHER}  a\n".encode()
    files = {f"{n:03}-SHA256SUMS": lies for n in range(200)}

    index(lay(tmp_path / "tree", {"a": b"a", **files}), tmp_path / "state")

    disputed = published(tmp_path / "state")["a"][0].disputed
    assert disputed.startswith("000-SHA256SUMS has another SHA-256; ")
    assert disputed.endswith("; and 195 more")


def test_links_to_all_of_the_tree(tmp_path: Path) -> None:
    """What comes through links to folders is bounded, and nothing else suffers."""
    tree = lay(tmp_path / "tree", {f"big/{n}/file": b"x" for n in range(10)})
    (tree / "evil").mkdir()
    for n in range(10):
        (tree / f"evil/{n}").symlink_to("../big")

    folders, omissions = walked(tree, 45)

    assert 10 == sum(one.startswith("big/") for one in folders)
    assert {"evil/0", "evil/0/9", "evil/1", "evil/1/9"} <= set(folders)
    assert "evil/3" not in folders
    assert set(omissions.counts) == {Omission.DEEP}


def test_a_link_by_a_way_without_end(tmp_path: Path) -> None:
    """A link may lead down and up again, and not thousands of times."""
    tree = lay(tmp_path / "tree", {"a/b": b"x"})
    (tree / "short").symlink_to("a/../" * 100 + "a/b")
    for n in range(10):
        (tree / f"long{n}").symlink_to("a/../" * 300 + (f"long{n + 1}"))

    with Root(tree) as root:
        assert 1 == root.status("short").st_size
        with pytest.raises(OutsideError):
            root.status("long0")


def test_a_walk_ends_within_a_large_folder(tmp_path: Path) -> None:
    """Whoever ends the work waits for no folder, however much is in it."""
    tree = lay(tmp_path / "tree", {f"{n}": b"" for n in range(1500)})
    stop = Event()
    pace = Pace(stop, share=1.0)
    stop.set()

    with Root(tree) as root:
        walk = iter(Walk(root, Omissions(), pace.step))
        with pytest.raises(Ended):
            next(walk)


def test_large_files_hold_up_nothing_new(tmp_path: Path) -> None:
    """A round ends between two of them, and the next one takes what is new first."""
    tree, state = lay(tmp_path / "tree", {"old": b"o"}), tmp_path / "state"
    now = [0.0]

    def read(progress: Progress) -> None:
        # Each block takes ten minutes.
        now[0] += 600 * (progress.phase is Phase.READ)

    clocks = Clocks(steady=lambda: now[0], wall=LATER.wall)
    index(tree, state, clocks=clocks)
    for name in ("x", "y", "z"):
        with (tree / name).open("wb") as file:
            file.truncate(2**24)
    settings, pace = settings_of(tree), Pace(Event(), share=1.0)
    seen: list[tuple[float, set[str]]] = []
    with closing(
        Indexer(settings, StateFolder(state), pace, tell=read, clocks=clocks)
    ) as one:
        for number in range(4):
            standing = one.round(settings)
            one.catch_up()
            pause = one.pause(settings, standing)
            seen.append((pause, set(published(state)) & {"x", "y", "z", "new1"}))
            lay(tree, {f"new{number + 1}": b"n"})
            now[0] += 10**6

    assert [
        (0.0, {"x"}),
        (0.0, {"new1", "x", "y"}),
        (300.0, {"new1", "x", "y", "z"}),
        (300.0, {"new1", "x", "y", "z"}),
    ] == seen
