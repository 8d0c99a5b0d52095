"""The history file."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mirrorsel.errors import StateError
from mirrorsel.health import Change, History, record
from mirrorsel.model import Health, Outcome, ProbeResult, Snapshot, State
from mirrorsel.state import read_history, write_history

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
URL = "https://mirror.example/"


def history() -> History:
    """Return a history with something of everything."""
    change = Change(
        url=URL,
        at=NOW,
        before=State.UP,
        after=State.DOWN,
        stale=False,
        outcome=Outcome.DNS,
        detail="gone",
    )
    seen = ProbeResult(url=URL, at=NOW, outcome=Outcome.DNS, seconds=0.2)
    return record(None, Snapshot(taken=NOW, health={URL: Health()}), [change], [seen])


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """A history comes back as it was written."""
    write_history(tmp_path / "history", history())

    assert history() == read_history(tmp_path / "history")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        pytest.param('"format":1', '"format":7', "has the format 7", id="of-tomorrow"),
        pytest.param(
            '"hour":"2026-11-29T12:00:00Z"',
            '"hour":"2026-11-29T12:00:00"',
            "without its zone",
            id="hour-without-zone",
        ),
        pytest.param(
            '"at":"2026-11-29T12:00:00Z"',
            '"at":"2026-11-29T12:00:00"',
            "without its zone",
            id="change-without-zone",
        ),
        pytest.param(
            '"hours":"?"', '"hours":"<"', "hours or changes", id="unknown-mark"
        ),
        pytest.param(
            '"hours":"?"', f'"hours":"{"u" * 337}"', "hours or", id="too-many-hours"
        ),
        pytest.param('"dns":1', '"dns":-1', "sums that", id="negative"),
        pytest.param(
            '"durations":[0', '"durations":[0,0', "sums that", id="other-buckets"
        ),
        pytest.param('"dns":1', '"lost":1', "is damaged", id="unknown-outcome"),
    ],
)
def test_bad_histories(tmp_path: Path, before: str, after: str, message: str) -> None:
    """What is not a whole history of a known format is never misread."""
    path = tmp_path / "history"
    write_history(path, history())
    content = path.read_text()
    assert before in content
    path.write_text(content.replace(before, after))

    with pytest.raises(StateError, match=message):
        read_history(path)
