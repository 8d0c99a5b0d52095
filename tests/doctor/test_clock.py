"""How clocks are judged."""

from datetime import UTC, datetime, timedelta

import pytest

from mirrorsel.doctor.clock import Clock, Mark, judge_clock

NOW = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "level", "words"),
    [
        pytest.param(0, "ok", "0 s behind", id="equal"),
        pytest.param(-59, "ok", "59 s ahead of", id="a little ahead"),
        pytest.param(61, "warn", "61 s behind", id="behind"),
        pytest.param(-7200, "fail", "2 h ahead of", id="far ahead"),
    ],
)
def test_the_origin(seconds: float, level: str, words: str) -> None:
    """A little is nothing; beyond an hour certificates and stamps mislead."""
    origin = NOW + timedelta(seconds=seconds)
    _, one = judge_clock(Clock(now=NOW, marks=(), origin=origin))

    assert (level, True) == (one.level, words in one.words)


def test_an_origin_that_does_not_tell() -> None:
    """Then nobody can tell, and it is said why."""
    _, one = judge_clock(Clock(now=NOW, marks=(), silence="timeout: no answer"))

    assert ("unseen", True) == (one.level, "timeout: no answer" in one.words)


def test_without_an_origin_nothing_is_said_of_it() -> None:
    """By default it is not asked."""
    assert ["future"] == [one.code for one in judge_clock(Clock(now=NOW, marks=()))]


@pytest.mark.parametrize(("seconds", "level"), [(59, "ok"), (61, "warn")])
def test_marks(seconds: float, level: str) -> None:
    """A time that is ahead of ours tells that some clock was wrong."""
    mark = Mark(what="the end", at=NOW + timedelta(seconds=seconds))
    [one] = judge_clock(Clock(now=NOW, marks=(mark,)))

    assert level == one.level
