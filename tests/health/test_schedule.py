"""When a mirror is probed next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.health import Rhythm, due_at, is_due
from mirrorsel.model import Health, State

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
RHYTHM = Rhythm(period=300, retry=60, dead_period=3600, fall=3)
urls = st.text(min_size=1, max_size=9)
healths = st.builds(
    Health,
    state=st.sampled_from(State),
    streak=st.integers(-100, 100),
    stale=st.booleans(),
    quarantine=st.sampled_from(["", "why"]),
    checked=st.datetimes(datetime(2000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone is the strategy's
)


@pytest.mark.parametrize(
    ("health", "expected"),
    [
        pytest.param(Health(state=State.UP, streak=9), 300, id="up"),
        pytest.param(Health(state=State.UP, streak=-1), 60, id="failing"),
        pytest.param(Health(state=State.UP, streak=9, stale=True), 300, id="stale"),
        pytest.param(Health(streak=1), 60, id="rising"),
        pytest.param(Health(streak=-2), 60, id="unknown-and-failing"),
        pytest.param(Health(), 300, id="no-client"),
        pytest.param(Health(state=State.DOWN, streak=-3), 300, id="down"),
        pytest.param(Health(state=State.DOWN, streak=-4), 600, id="down-once-more"),
        pytest.param(Health(state=State.DOWN, streak=-6), 2400, id="down-long"),
        pytest.param(Health(state=State.DOWN, streak=-7), 3600, id="down-longer"),
        pytest.param(Health(state=State.DOWN, streak=-9999), 3600, id="dead"),
        pytest.param(Health(state=State.DOWN, streak=1), 60, id="coming-back"),
        pytest.param(
            Health(state=State.DOWN, streak=5, stale=True), 300, id="back-with-old-tree"
        ),
        pytest.param(
            Health(state=State.DOWN, streak=5, quarantine="why"), 300, id="quarantine"
        ),
    ],
)
def test_wait(health: Health, expected: float) -> None:
    """The belief decides how long a mirror is left alone, give or take a tenth."""
    due = due_at("http://m/", replace(health, checked=NOW), RHYTHM)

    assert due
    assert 0.9 * expected <= (due - NOW).total_seconds() <= 1.1 * expected


def test_long_retry() -> None:
    """A retry is never later than the next probe would be."""
    slow = replace(RHYTHM, retry=9999)
    due = due_at("u", Health(state=State.UP, streak=-1, checked=NOW), slow)

    assert due
    assert due - NOW <= timedelta(seconds=330)


def test_short_dead_period() -> None:
    """One that is down is not asked more often than one that is up."""
    hasty = replace(RHYTHM, dead_period=1)
    due = due_at("u", Health(state=State.DOWN, streak=-9, checked=NOW), hasty)

    assert due
    assert due - NOW >= timedelta(seconds=270)


def test_never_probed() -> None:
    """A new mirror is probed at once."""
    assert due_at("u", Health(), RHYTHM) is None
    assert is_due("u", Health(), RHYTHM, NOW)


def test_clock_that_was_set_back() -> None:
    """One that was probed in the future is probed now."""
    ahead = Health(state=State.UP, streak=9, checked=NOW + timedelta(hours=1))

    assert is_due("u", ahead, RHYTHM, NOW)


def test_when_it_is_due() -> None:
    """It is due from that moment on, and not before."""
    health = Health(state=State.UP, streak=9, checked=NOW)
    due = due_at("u", health, RHYTHM)

    assert due
    assert is_due("u", health, RHYTHM, due)
    assert not is_due("u", health, RHYTHM, due - timedelta(microseconds=1))


def test_mirrors_do_not_stay_in_step() -> None:
    """Mirrors that were probed together are spread over a fifth of the period."""
    health = Health(state=State.UP, streak=9, checked=NOW)
    dues = [due_at(f"http://m{n}/", health, RHYTHM) for n in range(500)]
    waits = [(one - NOW).total_seconds() for one in dues if one]
    quarters = [
        sum(270 + 15 * n <= wait < 285 + 15 * n for wait in waits) for n in range(4)
    ]

    assert min(quarters) > 80


@given(url=urls, health=healths)
def test_bounds(url: str, health: Health) -> None:
    """Nobody is forgotten for longer than the longest time, or asked in a hurry."""
    due = due_at(url, health, RHYTHM)

    assert due
    assert health.checked
    assert 0.9 * 60 <= (due - health.checked).total_seconds() <= 1.1 * 3600
    assert due == due_at(url, health, RHYTHM)
