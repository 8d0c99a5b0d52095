"""The pause of a checker that keeps failing."""

from pathlib import Path

import pytest

from mirrorsel.errors import StateError
from mirrorsel.state.starts import Starts


def test_pause_doubles(tmp_path: Path) -> None:
    """Each start without a cycle doubles the pause, up to a minute."""
    pauses = []
    for _ in range(9):
        starts = Starts(tmp_path / "starts")
        pauses.append(starts.pause)
        starts.begin()

    assert pauses == [0, 1, 2, 4, 8, 16, 32, 60, 60]


def test_success_ends_the_pause(tmp_path: Path) -> None:
    """After a finished cycle the next start is at once."""
    starts = Starts(tmp_path / "starts")
    starts.begin()
    starts.succeed()
    written = (tmp_path / "starts").stat().st_ino
    starts.succeed()

    assert starts.pause == 0
    assert (tmp_path / "starts").stat().st_ino == written


@pytest.mark.parametrize("content", ["", "{}", '{"format":1,"unfinished":-5}'])
def test_damaged_count(tmp_path: Path, content: str) -> None:
    """A count that cannot be read is none."""
    (tmp_path / "starts").write_text(content)

    assert Starts(tmp_path / "starts").pause == 0


def test_unwritable_count(tmp_path: Path) -> None:
    """A count that cannot be kept is an error."""
    with pytest.raises(StateError):
        Starts(tmp_path / "gone" / "starts").begin()
