"""What the operator of a mirror is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.health import HealthPolicy
from mirrorsel.model import Health, Outcome, State
from mirrorsel.story import story

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
UP = Health(
    state=State.UP,
    since=NOW - 3 * DAY,
    streak=9,
    stamp=NOW - HOUR,
    checked=NOW,
    outcome=Outcome.OK,
)
DOWN = Health(
    state=State.DOWN,
    since=NOW - 2 * HOUR,
    streak=-3,
    stamp=NOW - 3 * HOUR,
    checked=NOW,
    outcome=Outcome.CERT_EXPIRED,
)


@pytest.mark.parametrize(
    ("health", "told"),
    [
        pytest.param(
            Health(),
            "Not probed yet. It is used only behind the mirrors that are known to"
            " be up.",
            id="never-probed",
        ),
        pytest.param(
            Health(outcome=Outcome.NO_CLIENT, detail="rsync is not installed"),
            "Not probed here: rsync is not installed.",
            id="no-client",
        ),
        pytest.param(
            Health(outcome=Outcome.DEFECT, detail="KeyError"),
            "Not known yet: defect of the probe: KeyError. It is used only behind the"
            " mirrors that are known to be up.",
            id="only-a-defect",
        ),
        pytest.param(
            Health(outcome=Outcome.OK, streak=1, stamp=NOW),
            "Not known yet: 1 good probe in a row, and 2 bring it up.",
            id="unknown-rising",
        ),
        pytest.param(
            Health(outcome=Outcome.DNS, streak=-2, detail="gone."),
            "Unknown, but failing: 2 probes in a row failed, the last: name not"
            " found: gone (3 in a row take it down).",
            id="unknown-failing",
        ),
        pytest.param(
            UP, "Up for 3 d: it answers, its tree is fresh.", id="up-and-fresh"
        ),
        pytest.param(
            replace(UP, stamp=None), "Up for 3 d: it answers.", id="up-unstamped"
        ),
        pytest.param(
            replace(UP, streak=-1, outcome=Outcome.STATUS, detail="503 Busy"),
            "Up for 3 d, but failing: the last probe failed: bad status: 503 Busy"
            " (3 in a row take it down).",
            id="up-failing",
        ),
        pytest.param(
            replace(UP, stale=True, stamp=NOW - 3 * DAY),
            "Up for 3 d: it answers. It is stale, and used only when no fresh mirror"
            " is left: its tree is 3 d old, too far behind the origin's; within 20 h"
            " of the origin's it is fresh again.",
            id="up-and-stale",
        ),
        pytest.param(
            replace(UP, outcome=Outcome.NO_CLIENT, detail="rsync is not installed"),
            "Up for 3 d: it answers, its tree is fresh. The last probe told nothing"
            " of it: not probed: rsync is not installed.",
            id="up-client-gone",
        ),
        pytest.param(
            DOWN,
            "Down for 2 h: 3 probes in a row failed, the last: certificate expired."
            " It is used again after 2 good probes in a row with a tree at most 24 h"
            " behind the origin's.",
            id="down",
        ),
        pytest.param(
            replace(DOWN, stale=True),
            "Down for 2 h: 3 probes in a row failed, the last: certificate expired."
            " It is used again after 2 good probes in a row with a tree at most 20 h"
            " behind the origin's.",
            id="down-and-stale",
        ),
        pytest.param(
            replace(DOWN, outcome=Outcome.DEFECT, detail="KeyError"),
            "Down for 2 h: 3 probes in a row failed. It is used again after 2 good"
            " probes in a row with a tree at most 24 h behind the origin's. The last"
            " probe told nothing of it: defect of the probe: KeyError.",
            id="down-then-a-defect",
        ),
        pytest.param(
            replace(DOWN, streak=1, outcome=Outcome.OK),
            "Down for 2 h, coming back: the last probe was good. It is used again"
            " after 1 more good probe with a tree at most 24 h behind the origin's.",
            id="down-rising",
        ),
        pytest.param(
            replace(
                DOWN, streak=40, outcome=Outcome.OK, stale=True, stamp=NOW - 5 * DAY
            ),
            "Down for 2 h though it answers: its tree is 5 d old, too far behind"
            " the origin's. It is used again after 1 more good probe with a tree at"
            " most 20 h behind the origin's.",
            id="down-for-its-tree",
        ),
        pytest.param(
            Health(state=State.DOWN),
            "Down. It is used again after 2 more good probes with a tree at most 24 h"
            " behind the origin's.",
            id="down-unexplained",
        ),
        pytest.param(
            replace(DOWN, quarantine="the content is wrong: wrong size"),
            "Down for 2 h, in quarantine: the content is wrong: wrong size. Only"
            " the operator of the list brings it back: disable its line, wait for one"
            " round of probes, and enable it again.",
            id="quarantine",
        ),
    ],
)
def test_what_is_told(health: Health, told: str) -> None:
    """The belief comes first, then its reason, then what ends it."""
    assert told == story(health, HealthPolicy(), NOW)


def test_one_probe_decides() -> None:
    """Where one probe decides, nothing is in a row."""
    told = story(replace(DOWN, streak=-1), HealthPolicy(rise=1, fall=1), NOW)

    assert told == (
        "Down for 2 h: the last probe failed: certificate expired. It is used again"
        " after 1 good probe with a tree at most 24 h behind the origin's."
    )


@given(
    health=st.builds(
        Health,
        state=st.sampled_from(State),
        streak=st.integers(-9, 9),
        stale=st.booleans(),
        stamp=st.none() | st.datetimes(timezones=st.just(UTC)),
        since=st.none() | st.datetimes(timezones=st.just(UTC)),
        outcome=st.none() | st.sampled_from(Outcome),
        detail=st.text(),
        quarantine=st.text(),
    )
)
def test_whatever_is_believed(health: Health) -> None:
    """All that can be believed is told in whole sentences."""
    told = story(health, HealthPolicy(), NOW)

    assert told[0].isupper()
    assert told.endswith(".")
