"""How a checker is judged."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mirrorsel.doctor.checker import Checker, Unit, judge_checker

NOW = datetime(2026, 11, 29, tzinfo=UTC)
UNIT = Unit(user="checker", enabled=True, settings="")
GOOD = Checker(
    now=NOW,
    enabled=True,
    silent=timedelta(minutes=20),
    taken=NOW - timedelta(minutes=5),
    broken="",
    frozen_since=None,
    held=True,
    holder="checker",
    expected="checker",
    unfinished=1,
    by_httpd=True,
    unit=None,
)


def judged(**more: object) -> dict[str, tuple[str, str, str]]:
    """Return level, words and remedy by the code, of what is not well."""
    seen = replace(GOOD, **more)  # type: ignore[arg-type] # any field of it
    return {
        one.code: (one.level, one.words, one.remedy)
        for one in judge_checker(seen)
        if one.level != "ok"
    }


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({}, id="by httpd"),
        pytest.param({"by_httpd": False, "unit": UNIT}, id="by systemd"),
        pytest.param({"by_httpd": None}, id="nobody knows by whom"),
        pytest.param({"enabled": False, "held": False}, id="elsewhere"),
        pytest.param({"holder": ""}, id="nobody knows as whom"),
    ],
)
def test_good_checkers(more: dict[str, object]) -> None:
    """A checker runs, or none should."""
    assert {} == judged(**more)


def test_a_lock_that_nobody_may_see() -> None:
    """Who is not root cannot tell whether it is held."""
    assert judged(held=None)["running"][0] == "unseen"


@pytest.mark.parametrize(
    ("more", "remedy"),
    [
        pytest.param({}, "restart httpd", id="httpd"),
        pytest.param(
            {"by_httpd": False, "unit": UNIT}, "systemctl enable --now", id="systemd"
        ),
        pytest.param({"by_httpd": False}, "MIRRORSEL_NO_CHECKER", id="nobody"),
        pytest.param({"by_httpd": None}, "as you have it", id="nobody knows"),
    ],
)
def test_who_starts_it_is_who_to_ask(more: dict[str, object], remedy: str) -> None:
    """What is to be done depends on what starts a checker here."""
    found = judged(taken=None, held=False, **more)

    assert found["snapshot"][0] == "fail"
    assert remedy in found["snapshot"][2]


def test_the_first_cycle_takes_its_time() -> None:
    """While a checker runs, there will be a snapshot soon."""
    level, _, remedy = judged(taken=None)["snapshot"]

    assert (level, "wait a minute" in remedy) == ("warn", True)


def test_the_log_of_a_unit() -> None:
    """Where systemd starts it, its journal tells."""
    found = judged(by_httpd=False, unit=UNIT, unfinished=7)

    assert "journalctl" in found["starts"][2]


def test_a_unit_that_is_not_enabled_starts_nothing() -> None:
    """It is there, and systemd does not start it."""
    found = judged(by_httpd=False, unit=replace(UNIT, enabled=False))

    assert found["starters"][0] == "fail"
