"""The lock of a state folder."""

from pathlib import Path

import pytest

from mirrorsel.errors import StateError
from mirrorsel.state import Lock


def test_one_holds_the_lock(tmp_path: Path) -> None:
    """A second lock on one file is not had until the first is given back."""
    with Lock(tmp_path / "lock") as second:
        with Lock(tmp_path / "lock") as first:
            held = (first.take(), first.take(), second.take())

        assert (held, second.take()) == ((True, True, False), True)


def test_nobody_else_can_open_it(tmp_path: Path) -> None:
    """An account that only reads the folder cannot keep the checker waiting."""
    with Lock(tmp_path / "lock") as lock:
        lock.take()

    assert (tmp_path / "lock").stat().st_mode & 0o777 == 0o600


def test_folder_that_is_missing(tmp_path: Path) -> None:
    """Where the file cannot be made, that is an error."""
    with Lock(tmp_path / "gone" / "lock") as lock, pytest.raises(StateError):
        lock.take()
