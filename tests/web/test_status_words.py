"""The words that both status pages share."""

from datetime import UTC, datetime

import pytest

from mirrorsel.health import Change
from mirrorsel.model import State
from mirrorsel.web.status.words import changed

UP, DOWN, UNKNOWN = State.UP, State.DOWN, State.UNKNOWN


@pytest.mark.parametrize(
    ("before", "after", "stale", "words"),
    [
        pytest.param(UP, DOWN, False, ("up", "down"), id="down"),
        pytest.param(UP, DOWN, True, ("up", "down"), id="down-and-stale"),
        pytest.param(UNKNOWN, UP, True, ("unknown", "stale"), id="up-and-stale"),
        pytest.param(UP, UP, True, ("up", "stale"), id="stale"),
        pytest.param(UP, UP, False, ("stale", "up"), id="fresh-again"),
        pytest.param(
            UNKNOWN, UNKNOWN, True, ("unknown", "unknown, stale"), id="unknown"
        ),
    ],
)
def test_change(
    before: State, after: State, *, stale: bool, words: tuple[str, str]
) -> None:
    """A change is told by two states that are never the same word."""
    change = Change(
        url="http://one.example/",
        at=datetime(2026, 11, 29, tzinfo=UTC),
        before=before,
        after=after,
        stale=stale,
        outcome=None,
        detail="",
    )

    assert changed(change) == words


def test_quarantine() -> None:
    """A mirror that was down already can still come into quarantine."""
    change = Change(
        url="http://one.example/",
        at=datetime(2026, 11, 29, tzinfo=UTC),
        before=DOWN,
        after=DOWN,
        stale=False,
        outcome=None,
        detail="",
        quarantine="it is another",
    )

    assert changed(change) == ("down", "quarantine")
