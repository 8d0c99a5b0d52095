"""The rules in words."""

from dataclasses import replace

import pytest

from mirrorsel.health import HealthPolicy
from mirrorsel.status import Rules, Standing, rules_in_words, way_back
from tests.status.test_report import told

RULES = Rules(
    policy=HealthPolicy(stale_after=7200, fresh_within=3600),
    period=300,
    dead_period=3600,
)


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        pytest.param(Standing.UP, "", id="up"),
        pytest.param(Standing.STALE, "within 60 min of the origin's", id="stale"),
        pytest.param(Standing.DOWN, "after 2 good probes in a row, with", id="down"),
        pytest.param(Standing.UNKNOWN, "after 2 good probes in a row.", id="unknown"),
        pytest.param(Standing.DISABLED, "Only the operator", id="disabled"),
    ],
)
def test_what_brings_a_mirror_back(standing: Standing, words: str) -> None:
    """An operator of a mirror reads what he can do, with this instance's numbers."""
    back = way_back(replace(told(), standing=standing), RULES)

    assert words in back
    assert bool(words) == bool(back)


def test_a_mirror_in_quarantine() -> None:
    """Nothing but a person brings it back, and it says why."""
    row = replace(told(), standing=Standing.DOWN, quarantine="another owner")

    assert way_back(row, RULES).endswith("brings it back: another owner.")


@pytest.mark.parametrize(
    ("fall", "words"),
    [
        (3, "after 3 failed probes in a row"),
        (1, "after one failed probe, and"),
    ],
)
def test_the_rules(fall: int, words: str) -> None:
    """They have the numbers of this instance."""
    policy = replace(RULES.policy, fall=fall)
    said = " ".join(rules_in_words(replace(RULES, policy=policy)))

    assert words in said
    assert ("one failure alone takes nobody out" in said) == (fall > 1)
    assert "more than 2 h behind" in said
