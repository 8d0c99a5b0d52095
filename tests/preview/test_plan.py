"""Tests for mirrorsel.preview.plan: what makes one list of another."""

from dataclasses import replace
from datetime import UTC, datetime

from mirrorsel.model import Health, State
from mirrorsel.preview import newcomers
from mirrorsel.preview.plan import edit_of
from tests.selection.worlds import mirror

A, B, C = mirror("a"), mirror("b"), mirror("c")
NOW = datetime.now(UTC)


def test_an_edit() -> None:
    """Mirrors come, go and change; their URLs say which is which."""
    heavy = replace(B, weight=7)
    edit = edit_of([A, B], [heavy, C])

    assert ((C,), (A,), ((B, heavy),)) == (edit.added, edit.removed, edit.changed)


def test_lines_and_stamps_are_no_change() -> None:
    """A mirror that moved to another line is the same."""
    edit = edit_of([A], [replace(A, line=9, stamp=NOW)])

    assert () == (*edit.added, *edit.removed, *edit.changed)


def test_a_backup_is_a_line_of_its_own() -> None:
    """A mirror that also becomes a Backup is added as such."""
    spare = replace(A, backup=True, country=None)

    assert (spare,) == edit_of([A], [A, spare]).added


def test_newcomers() -> None:
    """New is what comes into service and was never probed."""
    probed = Health(state=State.DOWN, checked=NOW)
    old = [A, replace(B, disabled="full")]
    new = [A, B, C, mirror("down"), mirror("off", disabled="no")]
    found = newcomers(old, new, {mirror("down").url: probed, C.url: Health()})

    assert (B.url, C.url) == found
