"""The copy of the last good list."""

from pathlib import Path

from mirrorsel.state import StateFolder, keep_last_good


def test_copy_is_kept(tmp_path: Path) -> None:
    """The bytes are kept as they are."""
    path = StateFolder(tmp_path).last_good_list
    keep_last_good(path, b"one")
    keep_last_good(path, b"two")

    assert path.read_bytes() == b"two"


def test_equal_copy_is_left_alone(tmp_path: Path) -> None:
    """A list that has not changed is not written again."""
    path = StateFolder(tmp_path).last_good_list
    keep_last_good(path, b"same")
    before = path.stat()
    keep_last_good(path, b"same")

    assert path.stat().st_ino == before.st_ino
