"""The private copy of a list."""

import os
import stat
import tempfile
from pathlib import Path

import pytest

from mirrorsel.cli.edit_copy import PrivateCopy, left_behind
from mirrorsel.errors import ListError

OLD, NEW = b"# old\n", b"# new\n"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the path of a list; copies are made in a folder of the test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path / "mirrors.list"


def test_private(path: Path) -> None:
    """The copy has the list's name, and nobody else can read it."""
    copy = PrivateCopy.make(path, OLD)

    assert copy.file.name == "mirrors.list"
    assert stat.S_IMODE(copy.file.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in copy.file.parent.iterdir()} == {
        0o600
    }


@pytest.mark.parametrize(
    ("saved", "read"),
    [(b"# a\n", b"# a\n"), (b"# a", b"# a\n"), (b"", b""), (b"\xff", b"\xff\n")],
)
def test_end_of_the_last_line(path: Path, saved: bytes, read: bytes) -> None:
    """What an editor leaves without an end of the last line gets one."""
    copy = PrivateCopy.make(path, OLD)
    copy.file.write_bytes(saved)

    assert copy.read() == read


def test_gone(path: Path) -> None:
    """A copy that the editor has removed is named."""
    copy = PrivateCopy.make(path, OLD)
    copy.file.unlink()

    with pytest.raises(ListError, match="No such file"):
        copy.read()
    assert not copy.holds_work()


@pytest.mark.parametrize(
    ("name", "content", "work"),
    [
        pytest.param("mirrors.list", OLD, False, id="unchanged"),
        pytest.param("mirrors.list", NEW, True, id="changed"),
        pytest.param("mirrors.list~", NEW, False, id="version before"),
        pytest.param(".mirrors.list.swp", NEW, True, id="not saved in vi"),
        pytest.param("mirrors.list.save", NEW, True, id="not saved in nano"),
        pytest.param("#mirrors.list#", NEW, True, id="not saved in emacs"),
    ],
)
def test_holds_work(path: Path, name: str, content: bytes, *, work: bool) -> None:
    """What was changed is work, and what an editor saved in its last moment."""
    copy = PrivateCopy.make(path, OLD)
    copy.file.with_name(name).write_bytes(content)

    assert copy.holds_work() is work


def test_no_file_any_more(path: Path) -> None:
    """What became of a copy that is no file is for a person to see."""
    copy = PrivateCopy.make(path, OLD)
    copy.file.unlink()
    copy.file.mkdir()

    assert copy.holds_work()


def test_left_behind(path: Path) -> None:
    """The newest copy that holds work is found again, by the same path alone."""
    older, newer, _unchanged = (PrivateCopy.make(path, OLD) for _ in range(3))
    for number, copy in enumerate((older, newer)):
        copy.file.write_bytes(NEW)
        os.utime(copy.file, (number, number))

    assert left_behind(path, OLD) == newer
    assert left_behind(path, NEW) is None
    assert left_behind(path.with_name("other.list"), OLD) is None


def test_removed(path: Path) -> None:
    """What is removed is not found, nor is anything of the editor's left."""
    copy = PrivateCopy.make(path, OLD)
    copy.file.with_name(".mirrors.list.swp").touch()
    copy.remove()

    assert left_behind(path, OLD) is None
    assert list(path.parent.iterdir()) == []


def test_somebody_elses(path: Path) -> None:
    """A folder that others can enter, or a link, is none of ours."""
    copy = PrivateCopy.make(path, OLD)
    copy.file.write_bytes(NEW)
    folder = copy.file.parent
    folder.chmod(0o755)
    assert left_behind(path, OLD) is None

    folder.chmod(0o700)
    moved = folder.rename(path.parent / "elsewhere")
    folder.symlink_to(moved)
    assert left_behind(path, OLD) is None


def test_half_made(path: Path) -> None:
    """A copy without what it began with is passed over."""
    copy = PrivateCopy.make(path, OLD)
    copy.file.write_bytes(NEW)
    copy.file.with_name("mirrors.list.orig").unlink()

    assert left_behind(path, OLD) is None


def test_no_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no temporary file can be made, it is said whence the place is."""
    monkeypatch.setattr(tempfile, "tempdir", str(path.parent / "none"))

    with pytest.raises(ListError, match="see TMPDIR"):
        PrivateCopy.make(path, OLD)
