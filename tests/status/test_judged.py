"""The rules in words."""

from dataclasses import replace

import pytest

from mirrorsel.health import HealthPolicy
from mirrorsel.status import Rules, rules_in_words

RULES = Rules(
    policy=HealthPolicy(stale_after=7200, fresh_within=3600),
    period=300,
    dead_period=3600,
)


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
    assert "about every 5 min; one that is down" in said
    assert "at least once in 60 min" in said
    assert "more than 2 h behind" in said
