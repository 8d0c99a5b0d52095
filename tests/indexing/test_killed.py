"""Indexers that are killed, run out of disk or find their files damaged."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mirrorsel.state import StateFolder
from tests.indexing.trees import index, lay, published
from tests.waiting import wait_for

_ROOT = Path(__file__).parents[2]
# A clock that goes a hundred times as fast, so that it commits as often.
_RUN = """
import sys, time
from pathlib import Path
from mirrorsel.indexing.clocks import Clocks
from tests.indexing.trees import index
clocks = Clocks(steady=lambda: 100 * time.monotonic(), wall=lambda: time.time() + 60)
def tell(progress):
    time.sleep(float(sys.argv[3]))
print(index(Path(sys.argv[1]), Path(sys.argv[2]), clocks=clocks, tell=tell).problem)
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a tree of 2,000 files."""
    files = {f"{n % 20}/{n}.zip": b"%d" % n * 50 for n in range(2000)}
    return lay(tmp_path / "tree", files)


def spawn(
    tree: Path,
    state: Path,
    *,
    pause: float = 0.0,
    first: Callable[[], None] | None = None,
) -> subprocess.Popen[str]:
    """Index a folder in a process of its own, slowly."""
    return subprocess.Popen(
        [sys.executable, "-c", _RUN, tree, state, str(pause)],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=first,  # noqa: PLW1509 - nothing here runs threads
    )


def kept(state: Path) -> int:
    """Return how many files were kept so far."""
    try:
        connection = sqlite3.connect(
            f"file:{StateFolder(state).work}?mode=ro", uri=True
        )
    except sqlite3.OperationalError:
        return 0
    try:
        return int(connection.execute("SELECT count(*) FROM file").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def test_killed_and_started_again(tree: Path, tmp_path: Path) -> None:
    """What was read before it was killed is not read again; the result is the same."""
    state = tmp_path / "state"
    with spawn(tree, state, pause=0.002) as process:
        wait_for(lambda: kept(state) > 300, seconds=30)
        process.send_signal(signal.SIGKILL)
    at_least = kept(state)

    # No edition of half a tree.
    assert not StateFolder(state).files.exists()
    standing = index(tree, state)
    index(tree, tmp_path / "anew")

    assert 300 < at_least < 2000
    assert standing.read_files <= 2000 - at_least
    assert published(state) == published(tmp_path / "anew")


def test_killed_while_publishing(tree: Path, tmp_path: Path) -> None:
    """The edition before stands, and what was begun is tidied up."""
    state = StateFolder(tmp_path / "state")
    index(tree, state.path)
    before = published(state.path)
    for name in (".files.0123abcd", ".files.0123abcd-journal", ".indexed.x_12abcd"):
        (state.index / name).write_bytes(b"half")

    assert published(state.path) == before
    index(tree, state.path)
    assert {one.name for one in state.index.iterdir()} == {"files", "indexed", "work"}


def test_what_was_kept_is_published_after_a_crash(tree: Path, tmp_path: Path) -> None:
    """A crash between keeping and publishing hides nothing from readers."""
    state = StateFolder(tmp_path / "state")
    index(tree, state.path)
    edition = state.files.read_bytes()
    lay(tree, {"new": b"n"})
    index(tree, state.path)
    with sqlite3.connect(state.work) as work:
        work.execute("UPDATE stand SET published = 0")
    work.close()
    state.files.write_bytes(edition)

    standing = index(tree, state.path)

    assert standing.read_files == 0
    assert "new" in published(state.path)


def _small_files() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


def test_no_room_on_the_disk(tree: Path, tmp_path: Path) -> None:
    """Nothing is lost: the edition before stands, and nothing is left lying about."""
    state = StateFolder(tmp_path / "state")
    index(tree, state.path)
    before = state.files.read_bytes()
    lay(tree, {f"more/{n}": b"%d" % n for n in range(3000)})

    with spawn(tree, state.path, first=_small_files) as process:
        assert process.stdout is not None
        told = process.stdout.read()

    assert "cannot be written" in told
    assert state.files.read_bytes() == before
    assert not list(state.index.glob(".*"))
    index(tree, state.path)
    assert len(published(state.path)) == 5000


def _no_database(path: Path) -> None:
    path.write_bytes(b"rubbish" * 9999)


def _torn(path: Path) -> None:
    with path.open("r+b") as file:
        for page in range(2, path.stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(os.urandom(2048))


def _other_format(path: Path) -> None:
    with sqlite3.connect(path) as work:
        work.execute("PRAGMA user_version = 99")
    work.close()


@pytest.mark.parametrize("damage", [_no_database, _torn, _other_format, Path.unlink])
def test_damaged(tree: Path, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    """A damaged index is begun anew, at the next round at the latest."""
    state = StateFolder(tmp_path / "state")
    index(tree, state.path)
    before = published(state.path)
    damage(state.work)

    problems = [index(tree, state.path).problem for _ in range(2)]

    assert problems[-1] == ""
    assert all("is damaged, and begun anew" in one for one in problems if one)
    assert published(state.path) == before


def test_a_folder_that_cannot_be_written(tree: Path, tmp_path: Path) -> None:
    """What the system says is told, with the file's name."""
    (tmp_path / "state").mkdir()
    (tmp_path / "state/index").touch()

    with pytest.raises(Exception, match=f"{tmp_path}/state/index: cannot be written"):
        index(tree, tmp_path / "state")


def test_a_link_in_the_place_of_the_index(tree: Path, tmp_path: Path) -> None:
    """What somebody put there is not written through."""
    state = StateFolder(tmp_path / "state")
    state.index.mkdir(parents=True)
    (tmp_path / "other").write_bytes(b"")
    state.work.symlink_to(tmp_path / "other")

    with pytest.raises(Exception, match="cannot be written"):
        index(tree, state.path)
    assert (tmp_path / "other").read_bytes() == b""
