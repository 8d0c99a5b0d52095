"""What is told to those who run a mirror."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mirrorsel.health import HealthPolicy
from mirrorsel.model import Health, Outcome, State
from mirrorsel.story import story

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
ORIGIN = NOW - timedelta(hours=4)
AGAIN = "It is used again after 2 good probes in a row with a fresh tree."
NEARER = (
    "It is used again after 2 good probes in a row with a tree at most 20 h behind."
)
ONLY = "Until it is at most 20 h behind, it is used only where no fresh mirror is left."
FALL = "It is down after 3 bad probes in a row."
UP = Health(
    state=State.UP,
    since=NOW - timedelta(hours=5),
    streak=9,
    outcome=Outcome.OK,
    stamp=ORIGIN,
)
FAILING = replace(UP, streak=-2, outcome=Outcome.TIMEOUT)
DOWN = Health(
    state=State.DOWN,
    since=NOW - timedelta(hours=2),
    streak=-3,
    outcome=Outcome.CERT_EXPIRED,
    stamp=ORIGIN,
)


def old(health: Health) -> Health:
    """Return the same mirror with a tree of three days before the origin's."""
    return replace(health, stale=True, stamp=ORIGIN - timedelta(days=3))


@pytest.mark.parametrize(
    ("health", "told"),
    [
        pytest.param(UP, "Up for 5 h.", id="up"),
        pytest.param(
            replace(UP, since=NOW - timedelta(seconds=5)),
            "Up since just now.",
            id="up-now",
        ),
        pytest.param(replace(UP, since=None), "Up.", id="up-of-unknown-time"),
        pytest.param(
            FAILING,
            f"Up for 5 h, but 2 probes in a row failed; the last: no answer in time."
            f" {FALL}",
            id="failing",
        ),
        pytest.param(
            replace(FAILING, streak=-1),
            f"Up for 5 h, but the last probe failed: no answer in time. {FALL}",
            id="failed-once",
        ),
        pytest.param(
            old(UP),
            f"Up for 5 h, but stale: its tree is 3 d behind the origin's. {ONLY}",
            id="stale",
        ),
        pytest.param(
            replace(UP, stale=True, stamp=None),
            f"Up for 5 h, but stale: its tree is too old. {ONLY}",
            id="stale-without-stamp",
        ),
        pytest.param(
            old(FAILING),
            f"Up for 5 h, but stale: its tree is 3 d behind the origin's. {ONLY} 2"
            f" probes in a row failed; the last: no answer in time. {FALL}",
            id="stale-and-failing",
        ),
        pytest.param(Health(), "Not probed yet.", id="never-probed"),
        pytest.param(
            Health(streak=1, outcome=Outcome.OK),
            "Not known yet: it answers, with 1 of the 2 good probes in a row that it"
            " needs.",
            id="unknown-and-answers",
        ),
        pytest.param(
            Health(streak=1, stale=True, stamp=ORIGIN - timedelta(days=3)),
            "Not known yet: it answers, but its tree is 3 d behind the origin's, and"
            " with 1 of the 2 good probes in a row that it needs.",
            id="unknown-and-old",
        ),
        pytest.param(
            Health(streak=-1, outcome=Outcome.DNS, detail="no such name"),
            f"Not known yet: the last probe failed: name not found: no such name."
            f" {FALL}",
            id="unknown-and-fails",
        ),
        pytest.param(
            DOWN,
            "Down for 2 h: 3 probes in a row failed; the last: certificate expired."
            f" {AGAIN}",
            id="down",
        ),
        pytest.param(
            replace(DOWN, streak=-40, outcome=Outcome.STATUS, detail="403 Go away!"),
            "Down for 2 h: 40 probes in a row failed; the last: bad status: 403 Go"
            f" away! {AGAIN}",
            id="down-with-the-mirrors-words",
        ),
        pytest.param(
            replace(DOWN, streak=-1),
            f"Down for 2 h: the last probe failed: certificate expired. {AGAIN}",
            id="down-after-one-good-probe",
        ),
        pytest.param(
            replace(DOWN, streak=0, outcome=None),
            f"Down for 2 h: it failed. {AGAIN}",
            id="down-for-no-known-reason",
        ),
        pytest.param(
            old(DOWN),
            "Down for 2 h: 3 probes in a row failed; the last: certificate expired."
            f" {NEARER}",
            id="down-and-stale",
        ),
        pytest.param(
            replace(DOWN, streak=1, outcome=Outcome.OK),
            "Down for 2 h: it answers again, with 1 of the 2 good probes in a row that"
            " it needs.",
            id="rising",
        ),
        pytest.param(
            old(replace(DOWN, streak=5, outcome=Outcome.OK)),
            "Down for 2 h: it answers again, but its tree is 3 d behind the origin's."
            f" {NEARER}",
            id="rising-with-an-old-tree",
        ),
        pytest.param(
            replace(DOWN, quarantine="another certificate and other content"),
            "Down for 2 h: another certificate and other content. Only those who keep"
            " the list of mirrors can bring it back.",
            id="quarantined",
        ),
        pytest.param(
            replace(DOWN, outcome=Outcome.NO_CLIENT, detail="no rsync"),
            f"Down for 2 h: 3 probes in a row failed. {AGAIN}",
            id="down-before-the-client-went",
        ),
        pytest.param(Health(outcome=Outcome.DEFECT), "Not probed yet.", id="defect"),
        pytest.param(
            Health(outcome=Outcome.NO_CLIENT),
            "Not probed: the program that speaks its protocol is not installed where"
            " the mirrors are probed. This says nothing about the mirror.",
            id="no-client",
        ),
    ],
)
def test_stories(health: Health, told: str) -> None:
    """State, reason, and what would change it, in the numbers of the settings."""
    assert told == story(health, HealthPolicy(), NOW, reference=ORIGIN)


def test_thresholds_of_one() -> None:
    """Where one probe decides, nothing is said of probes in a row."""
    told = story(DOWN, HealthPolicy(rise=1, fall=1), NOW)

    assert told.endswith("It is used again after 1 good probe with a fresh tree.")


def test_tree_without_an_origin() -> None:
    """Where nothing is known of the origin, the tree's own age is told."""
    told = story(old(UP), HealthPolicy(), NOW)

    assert told.startswith("Up for 5 h, but stale: its tree is 3 d old. ")
