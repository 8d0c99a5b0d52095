"""A piece of a file of the published tree."""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.checker.piece import PIECE, WHOLE, by_chance, last_change, read_piece
from mirrorsel.checker.sample import Sample

_Settled = Callable[[os.stat_result], bool]


def read(folder: Path, path: str, settled: _Settled = lambda _: True) -> Sample | None:
    """Read a piece by a fixed chance."""
    return read_piece(folder, path, settled, by_chance(random.Random(1)))


@pytest.mark.parametrize("size", [1, 5000, WHOLE])
def test_a_small_file_is_read_as_a_whole(tmp_path: Path, size: int) -> None:
    """All of its bytes are compared."""
    content = random.Random(0).randbytes(size)
    (tmp_path / "f").write_bytes(content)

    whole = Sample(path="f", size=size, start=0, content=content, head=content)
    assert whole == read(tmp_path, "f")


@given(size=st.integers(WHOLE + 1, WHOLE + 3 * PIECE), seed=st.integers(0, 2**32 - 1))
def test_a_piece_is_what_the_file_holds(
    tmp_path_factory: pytest.TempPathFactory, size: int, seed: int
) -> None:
    """A piece of a large file lies within it and holds its bytes."""
    folder = tmp_path_factory.getbasetemp()
    content = random.Random(seed).randbytes(size)
    (folder / "large").write_bytes(content)
    sample = read_piece(folder, "large", lambda _: True, by_chance(random.Random(seed)))

    assert sample is not None
    assert (size, PIECE) == (sample.size, len(sample.content))
    assert content[sample.start : sample.start + PIECE] == sample.content
    assert content[:PIECE] == sample.head


def test_all_parts_of_a_large_file_have_their_turn(tmp_path: Path) -> None:
    """Beginning, end and what lies between are read by and by."""
    (tmp_path / "f").write_bytes(bytes(WHOLE * 2))
    chance = by_chance(random.Random(1))
    samples = [read_piece(tmp_path, "f", lambda _: True, chance) for _ in range(40)]
    starts = {one.start for one in samples if one}

    assert {0, (WHOLE * 2 - PIECE) // 2, WHOLE * 2 - PIECE} <= starts
    assert len(starts) > 5


def test_what_is_empty_or_no_file_is_no_piece(tmp_path: Path) -> None:
    """There is nothing to compare of it."""
    (tmp_path / "empty").touch()
    os.mkfifo(tmp_path / "pipe")

    assert read(tmp_path, "empty") is None
    assert read(tmp_path, "pipe") is None


def test_no_link_is_followed(tmp_path: Path) -> None:
    """A link anywhere on the way is an error, wherever it leads."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "f").write_bytes(b"1")
    (tmp_path / "link").symlink_to("folder/f")
    (tmp_path / "to").symlink_to("folder")

    for path in ("link", "to/f", "none", "none/f"):
        with pytest.raises(OSError, match=r"No such|Not a dir|Too many"):
            read(tmp_path, path)


def test_a_file_that_changes_meanwhile_is_no_piece(tmp_path: Path) -> None:
    """What is read of a file that grows may be neither the old nor the new one."""
    path = tmp_path / "f"
    path.write_bytes(b"1")

    def grow(about: os.stat_result) -> bool:
        path.write_bytes(b"22" * about.st_size)
        return True

    assert read(tmp_path, "f", grow) is None


def test_folders_are_asked_about_too(tmp_path: Path) -> None:
    """A file in a folder that was just moved here is as new as that."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "f").write_bytes(b"1")
    moved = (tmp_path / "a").stat().st_ino

    assert read(tmp_path, "a/b/f", lambda one: one.st_ino != moved) is None
    assert read(tmp_path, "a/b/f") is not None


def test_a_copied_time_makes_no_file_old(tmp_path: Path) -> None:
    """The time of the content may be set, that of the inode may not."""
    path = tmp_path / "f"
    path.touch()
    os.utime(path, (0, 0))

    assert last_change(path.stat()) > 1_500_000_000
