"""Hours of the past, put together to days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mirrorsel.health import History, Mark, Track
from mirrorsel.status.days import DAYS, days

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
HOUR = NOW.replace(minute=0)
URL = "http://x.example/"


def past(hours: str, hour: datetime = HOUR) -> list[tuple[str, int]]:
    """Return the mark of each day, and how many hours were bad."""
    history = History(hour=hour, tracks={URL: Track(hours=hours)})
    return [(one.mark.name, one.bad) for one in days(history, URL, NOW)]


def test_a_day_is_its_worst_hour() -> None:
    """Today has as many hours as have begun; before that are whole days."""
    shown = past("u" * 20 + "sd" + "uu" + "udu")

    assert [("DOWN", 1), ("DOWN", 1)] == shown[-2:]
    assert [("UNSEEN", 0)] * (DAYS - 2) == shown[:-2]


@pytest.mark.parametrize(
    ("hours", "mark"),
    [
        pytest.param("...", ("UNSEEN", 0), id="not watched"),
        pytest.param(".?.", ("UNKNOWN", 0), id="unknown"),
        pytest.param("?u.", ("UP", 0), id="up"),
        pytest.param("uss", ("STALE", 2), id="stale"),
        pytest.param("sud", ("DOWN", 1), id="down"),
    ],
)
def test_what_is_worse(hours: str, mark: tuple[str, int]) -> None:
    """Down is worse than stale, stale than up; not to know is worst of nothing."""
    assert mark == past(hours)[-1]


def test_a_history_that_nobody_goes_on_with_moves_back() -> None:
    """Hours that nobody watched are not those before them."""
    shown = past("u" * 30, HOUR - timedelta(days=3))

    assert ["UP", "UNSEEN", "UNSEEN", "UNSEEN"] == [mark for mark, _ in shown[-4:]]


def test_days_have_dates() -> None:
    """The last is today, and all are told even where there is no history."""
    shown = days(None, URL, NOW)

    assert date(2026, 11, 23) == shown[-1].date
    assert date(2026, 11, 10) == shown[0].date
    assert {Mark.UNSEEN} == {one.mark for one in shown}
