"""Trees with more in them than files and folders, and those that change meanwhile."""

import multiprocessing
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from mirrorsel.indexing import IndexStanding, Phase, Progress
from mirrorsel.indexing.omission import Omission
from mirrorsel.indexing.root import OutsideError, Root
from tests.indexing.trees import index, lay, published

_NOBODY = 65534


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a tree of two files, beside something that is not published."""
    lay(tmp_path / "outside", {"secret": b"s", "more/secret": b"s"})
    return lay(tmp_path / "tree", {"a/one": b"1", "b/two": b"22"})


def left_out(standing: IndexStanding) -> dict[str, Omission]:
    """Return what is left out, by paths."""
    return {one.path: one.why for one in standing.examples}


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


def _link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def _sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 2**40 + 1)


@pytest.mark.parametrize(
    ("name", "make", "why"),
    [
        pytest.param("x", _pipe, Omission.KIND, id="named pipe"),
        pytest.param("x", _socket, Omission.KIND, id="socket"),
        pytest.param("x", _link("/dev/zero"), Omission.LINK, id="link to a device"),
        pytest.param("x", _link("/etc/passwd"), Omission.LINK, id="absolute link"),
        pytest.param("x", _link("../outside/secret"), Omission.LINK, id="link out"),
        pytest.param("x", _link("../outside"), Omission.LINK, id="folder out"),
        pytest.param(
            "x", _link("a/../../tree/a/one"), Omission.LINK, id="out and in again"
        ),
        pytest.param("x", _link("nothing"), Omission.LINK, id="link to nothing"),
        pytest.param("x", _link("x"), Omission.LINK, id="link to itself"),
        pytest.param("x", _link("."), Omission.LINK, id="link to its folder"),
        pytest.param("a/x", _link("../a"), Omission.LINK, id="link to a folder above"),
        pytest.param("x", _sparse, Omission.LARGE, id="more than 1 TiB, of nothing"),
        pytest.param(".x", Path.touch, Omission.HIDDEN, id="hidden file"),
        pytest.param(".x", Path.mkdir, Omission.HIDDEN, id="hidden folder"),
        pytest.param("a\nb", Path.touch, Omission.NAME, id="line end in a name"),
        pytest.param("\x1b[31m", Path.touch, Omission.NAME, id="what terminals obey"),
        pytest.param("a\u202eb", Path.mkdir, Omission.NAME, id="writing turned round"),
    ],
)
def test_left_out(
    tree: Path, tmp_path: Path, name: str, make: Callable[[Path], None], why: Omission
) -> None:
    """What is no published file is left out and counted; all else is indexed."""
    make(tree / name)

    standing = index(tree, tmp_path / "state")

    assert left_out(standing) == {name: why}
    assert standing.left_out == {why: 1}
    assert set(published(tmp_path / "state")) == {"a/one", "b/two"}


def test_names_that_are_no_utf8(tree: Path, tmp_path: Path) -> None:
    """They are left out, and told in a form that can be shown."""
    (tree / os.fsdecode(b"a\xff")).touch()

    standing = index(tree, tmp_path / "state")

    assert left_out(standing) == {"a\\xff": Omission.NAME}


def test_names_of_all_scripts(tmp_path: Path) -> None:
    """What can be shown is published under its name."""
    names = {"käse 1.zip", "文件.tar", "a'b&c=%20", "back\\slash", "-rf"}
    tree = lay(tmp_path / "tree", dict.fromkeys(names, b"x"))

    standing = index(tree, tmp_path / "state")

    assert set(published(tmp_path / "state")) == names
    assert not standing.left_out


def test_links_within(tree: Path, tmp_path: Path) -> None:
    """A link to a file or folder of the tree is that file or folder once more."""
    (tree / "latest").symlink_to("a")
    (tree / "b/three").symlink_to("../a/./one")
    (tree / "b/four").symlink_to("three")

    standing = index(tree, tmp_path / "state")

    found = published(tmp_path / "state")
    assert set(found) == {"a/one", "b/two", "latest/one", "b/three", "b/four"}
    assert found["b/four"][0].sha256 == found["a/one"][0].sha256
    assert not standing.left_out


def test_links_that_multiply(tmp_path: Path) -> None:
    """Behind one link to a folder no other is followed: 2^20 paths do not arise."""
    tree = lay(tmp_path / "tree", {f"{n}/file": b"x" for n in range(20)})
    for n in range(19):
        for name in ("left", "right"):
            (tree / f"{n}/{name}").symlink_to(f"../{n + 1}")

    standing = index(tree, tmp_path / "state")

    assert standing.files == 20 + 2 * 19
    assert standing.left_out[Omission.DEEP] == 2 * 2 * 18


def test_deep_folders(tree: Path, tmp_path: Path) -> None:
    """There is an end to folders in folders, and no path is too long to get there."""
    descriptor = os.open(tree, os.O_RDONLY)
    for _ in range(100):
        os.mkdir("d" * 100, dir_fd=descriptor)
        below = os.open("d" * 100, os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = below
        os.close(os.open("file", os.O_CREAT | os.O_WRONLY, dir_fd=descriptor))
    os.close(descriptor)

    standing = index(tree, tmp_path / "state")

    assert standing.files == 2 + 63
    assert standing.left_out == {Omission.DEEP: 1}


def test_a_folder_that_becomes_a_link(tree: Path, tmp_path: Path) -> None:
    """What a folder is replaced by in the midst of a walk leads nobody out."""
    (tree / "b/more").mkdir()
    (tree / "b/more/three").write_bytes(b"3")

    def replace(progress: Progress) -> None:
        if progress.phase is Phase.LOOK and not (tree / "b").is_symlink():
            shutil.rmtree(tree / "b")
            (tree / "b").symlink_to("../outside")

    index(tree, tmp_path / "state", tell=replace)

    assert set(published(tmp_path / "state")) == {"a/one"}


def test_a_file_that_becomes_a_link(tree: Path, tmp_path: Path) -> None:
    """What a file is replaced by before it is read is not read instead."""

    def replace(progress: Progress) -> None:
        if progress.phase is Phase.READ:
            (tree / "b/two").unlink(missing_ok=True)
            (tree / "b/two").symlink_to("../../outside/secret")

    standing = index(tree, tmp_path / "state", tell=replace)

    assert set(published(tmp_path / "state")) == {"a/one"}
    assert left_out(standing) == {"b/two": Omission.LINK}


def test_a_file_that_vanishes(tree: Path, tmp_path: Path) -> None:
    """A file that is gone before it is read is none."""

    def remove(progress: Progress) -> None:
        if progress.phase is Phase.READ:
            (tree / "b/two").unlink(missing_ok=True)

    standing = index(tree, tmp_path / "state", tell=remove)

    assert set(published(tmp_path / "state")) == {"a/one"}
    assert not standing.left_out


class Writes:
    """Writes to a file while it is read, so often."""

    def __init__(self, path: Path, times: int) -> None:
        self.content = b"0" * 3 * 2**20
        path.write_bytes(self.content)
        self._path = path
        self._left = times

    def __call__(self, progress: Progress) -> None:
        """Write when a block of the file was read."""
        # Small files are read first, so that this one is the last.
        inside = progress.done_files == progress.due_files - 1
        if progress.phase is Phase.READ and inside and self._left:
            self._left -= 1
            self.content = bytes([49 + self._left]) * len(self.content)
            self._path.write_bytes(self.content)


def test_a_file_that_is_written_to_while_it_is_read(tree: Path, tmp_path: Path) -> None:
    """It is read again, until what was read is what is there."""
    writes = Writes(tree / "large", times=1)

    index(tree, tmp_path / "state", tell=writes)

    index(lay(tmp_path / "again", {"large": writes.content}), tmp_path / "other")
    found, expected = published(tmp_path / "state"), published(tmp_path / "other")
    assert found["large"][0].sha512 == expected["large"][0].sha512


def test_a_file_that_is_written_to_all_the_time(tree: Path, tmp_path: Path) -> None:
    """It is left out for now, as no hash of it would be true."""
    writes = Writes(tree / "large", times=99)

    standing = index(tree, tmp_path / "state", tell=writes)

    assert left_out(standing) == {"large": Omission.CHANGING}
    assert set(published(tmp_path / "state")) == {"a/one", "b/two"}


@pytest.mark.parametrize(
    "path",
    ["..", "a/../..", "out", "out/secret", "a/out", "abs", "a/one/../../..", "loop"],
)
def test_no_way_leads_out(tree: Path, path: str) -> None:
    """Neither dots nor links lead out of a root, wherever they stand."""
    (tree / "out").symlink_to("../outside")
    (tree / "a/out").symlink_to("../../outside/secret")
    (tree / "abs").symlink_to(tree / "a/one")
    (tree / "loop").symlink_to("loop")

    with Root(tree) as root, pytest.raises(OSError) as caught:  # noqa: PT011 - either kind
        root.open_file(path)
    assert isinstance(caught.value, OutsideError | NotADirectoryError)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that every account can enter."""
    with TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def as_nobody(tree: Path, state: Path) -> str:
    """Index as an account that may not read everything; return what is left out."""
    # A process that is split off needs to read nothing of a clone that is closed to it.
    context = multiprocessing.get_context("fork")
    told = context.Queue()

    def run() -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
        told.put(str(index(tree, state).left_out))

    process = context.Process(target=run)
    process.start()
    answer = str(told.get(timeout=60))
    process.join()
    return answer


@pytest.mark.parametrize("path", ["a", "a/one"])
def test_what_is_closed_to_this_account(open_folder: Path, path: str) -> None:
    """It is not published: left out while it is closed, and back when it opens."""
    tree = lay(open_folder / "tree", {"a/one": b"1", "b/two": b"22"})
    state = open_folder / "state"
    state.mkdir()
    if os.geteuid() == 0:
        os.chown(state, _NOBODY, _NOBODY)
    before = (tree / path).stat().st_mode
    seen = []
    for mode in (before, 0, before):
        (tree / path).chmod(mode)
        told = as_nobody(tree, state)
        seen.append(("closed" in told, "a/one" in published(state)))
    (tree / path).chmod(before)

    assert seen == [(False, True), (True, False), (False, True)]
    assert "b/two" in published(state)
