"""The journal of changes."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mirrorsel.errors import StateError
from mirrorsel.health import Change
from mirrorsel.model import Outcome, State
from mirrorsel.state import CycleSummary, Journal, read_journal

NOW = datetime(2026, 11, 23, tzinfo=UTC)
CHANGE = Change(
    url="https://mirror.example/",
    at=NOW,
    before=State.UP,
    after=State.DOWN,
    stale=False,
    outcome=Outcome.DNS,
    detail="gone",
)


def cycle(probed: int) -> CycleSummary:
    """Return the summary of a cycle."""
    return CycleSummary(at=NOW, seconds=1.5, probed=probed, good=0, frozen=False)


def test_entries_come_back_in_order(tmp_path: Path) -> None:
    """What was appended is read, oldest first."""
    journal = Journal(tmp_path / "journal")
    journal.append(CHANGE, cycle(1))
    journal.append(cycle(2))

    assert read_journal(tmp_path / "journal") == (CHANGE, cycle(1), cycle(2))


def test_size_is_bounded(tmp_path: Path) -> None:
    """A full journal is set aside once; what was set aside before is dropped."""
    path = tmp_path / "journal"
    journal = Journal(path, size=1)
    for number in range(3):
        journal.append(cycle(number))

    assert read_journal(path) == (cycle(1), cycle(2))
    assert len(list(tmp_path.iterdir())) == 2


def test_cut_line_is_passed_over(tmp_path: Path) -> None:
    """A line that a crash cut short spoils neither reading nor the next line."""
    path = tmp_path / "journal"
    journal = Journal(path)
    journal.append(cycle(1), cycle(2))
    path.write_bytes(path.read_bytes()[:-5])
    journal.append(cycle(3))

    assert read_journal(path) == (cycle(1), cycle(3))


def test_unknown_lines_are_passed_over(tmp_path: Path) -> None:
    """Lines of another format, and lines without an entry, are not misread."""
    path = tmp_path / "journal"
    path.write_bytes(b'{"format":2,"cycle":{}}\n{"format":1}\n')

    assert read_journal(path) == ()


def test_unwritable_journal(tmp_path: Path) -> None:
    """A journal that cannot be written is a StateError."""
    with pytest.raises(StateError, match="cannot be written"):
        Journal(tmp_path / "gone" / "journal").append(CHANGE)


def test_missing_journal(tmp_path: Path) -> None:
    """A journal that is not there cannot be read."""
    with pytest.raises(StateError, match="cannot be read"):
        read_journal(tmp_path / "journal")
