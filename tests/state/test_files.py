"""Files that are replaced whole."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mirrorsel.errors import StateError
from mirrorsel.state import write_atomic, write_changed
from mirrorsel.state.files import forget_unfinished, read_state

# Writes small and large versions by turns until it is killed.
_WRITER = """
import sys
from pathlib import Path
from mirrorsel.state import write_atomic
path = Path(sys.argv[1])
while True:
    for letter, size in ((b"a", 10), (b"b", 3_000_000)):
        write_atomic(path, letter * size)
        print(flush=True)
"""


def test_write_replaces(tmp_path: Path) -> None:
    """The file has the new content and nothing else is left in its folder."""
    path = tmp_path / "file"
    write_atomic(path, b"old")
    write_atomic(path, b"new")

    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_everyone_can_read(tmp_path: Path) -> None:
    """Processes of other users can read the file, whatever the umask."""
    before = os.umask(0o077)
    try:
        write_atomic(tmp_path / "file", b"")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o644


def test_failure_leaves_nothing(tmp_path: Path) -> None:
    """When the replacing fails, no temporary file stays."""
    path = tmp_path / "file"
    path.mkdir()
    (path / "something").touch()
    with pytest.raises(StateError, match=r"file: cannot be written: Is a directory"):
        write_atomic(path, b"new")

    assert list(tmp_path.iterdir()) == [path]


def test_missing_folder(tmp_path: Path) -> None:
    """A folder that does not exist is told as an error of the file."""
    with pytest.raises(StateError, match="No such file or directory"):
        write_atomic(tmp_path / "gone" / "file", b"")


def test_kill_leaves_file_whole(tmp_path: Path) -> None:
    """A writer that is killed at any moment leaves one version, whole."""
    path = tmp_path / "file"
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, path], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        for _ in range(3):
            writer.stdout.readline()
        writer.kill()

    assert path.read_bytes() in {b"a" * 10, b"b" * 3_000_000}


def test_read(tmp_path: Path) -> None:
    """A state file is read whole, through a link of its own owner too."""
    write_atomic(tmp_path / "file", b"content")
    (tmp_path / "link").symlink_to("file")

    assert read_state(tmp_path / "link") == b"content"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(os.mkfifo, "not an ordinary file", id="named pipe"),
        pytest.param(Path.mkdir, "not an ordinary file", id="folder"),
        pytest.param(
            lambda path: path.symlink_to("/dev/zero"),
            "not an ordinary file",
            id="endless device",
        ),
        pytest.param(
            lambda path: path.write_bytes(bytes(2**26 + 1)), "64 MiB", id="too large"
        ),
        pytest.param(lambda _: None, "No such file", id="missing"),
    ],
)
def test_what_is_not_read(
    tmp_path: Path, make: Callable[[Path], object], message: str
) -> None:
    """Whatever the checker's account puts there is told, and never waited for."""
    make(tmp_path / "file")

    with pytest.raises(StateError, match=message):
        read_state(tmp_path / "file")


def test_what_a_crash_left_is_removed(tmp_path: Path) -> None:
    """Only what was begun and never got its name goes, never a file of anybody else."""
    for name in (".snapshot.ab12_cde", ".last-good.list.zzzzzzzz"):
        (tmp_path / name).write_bytes(b"unfinished")
    kept = ["snapshot", "journal.1", ".hidden", ".snapshot.ABCDEFGH"]
    for name in kept:
        (tmp_path / name).write_bytes(b"whole")
    forget_unfinished(tmp_path)

    assert sorted(kept) == sorted(path.name for path in tmp_path.iterdir())


def test_a_folder_that_cannot_be_tidied_is_told(tmp_path: Path) -> None:
    """It is no failure of anything else."""
    with pytest.raises(StateError, match="cannot be tidied: No such file"):
        forget_unfinished(tmp_path / "missing")


def test_a_change_is_written(tmp_path: Path) -> None:
    """What is new takes the place of what was there."""
    path = tmp_path / "f"
    write_changed(path, b"one")
    write_changed(path, b"two")

    assert path.read_bytes() == b"two"


def test_an_equal_file_is_left_alone(tmp_path: Path) -> None:
    """What has not changed is not written again."""
    path = tmp_path / "f"
    write_changed(path, b"same")
    before = path.stat()
    write_changed(path, b"same")

    assert path.stat().st_ino == before.st_ino
