"""When it is not the mirrors that are wrong."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mirrorsel.health import (
    HealthPolicy,
    Role,
    Sighting,
    Witness,
    fold,
    is_disputed,
    lacks_agreement,
)
from mirrorsel.model import Outcome, ProbeResult, State

NOW = datetime(2026, 11, 23, tzinfo=UTC)
POLICY = HealthPolicy(rise=1, fall=1)
ORIGIN = "origin"


def compared(url: str, outcome: str) -> ProbeResult:
    """Return a probe that compared a file, or came not so far."""
    end = Outcome(outcome)
    sample = "" if end is Outcome.TIMEOUT else "file"
    return ProbeResult(url=url, at=NOW, outcome=end, stamp=NOW, sample=sample)


def seen(outcomes: str, spares: str = "") -> Sighting:
    """Return what mirrors gave, and spare ones; the origin agrees with itself."""
    results = [compared(f"m{n}", one) for n, one in enumerate(outcomes.split())]
    witnesses = [
        Witness(role=Role.SPARE, result=compared(f"s{n}", one))
        for n, one in enumerate(spares.split())
    ]
    origin = compared(ORIGIN, "ok")
    return Sighting(
        taken=NOW,
        vantage="",
        listed=(*(one.url for one in results), ORIGIN),
        results=(*results, origin),
        witnesses=(*witnesses, Witness(role=Role.ORIGIN, result=origin)),
    )


@pytest.mark.parametrize(
    ("outcomes", "spares", "lacking", "disputed"),
    [
        pytest.param("ok ok ok", "", False, False, id="all-agree"),
        pytest.param("bad_hash bad_hash missing ok", "", False, False, id="one-has-it"),
        pytest.param("bad_hash missing bad_size", "", True, True, id="all-differ"),
        pytest.param("bad_hash timeout", "", True, False, id="only-one"),
        pytest.param("bad_hash", "bad_hash missing", True, True, id="spares-differ"),
        pytest.param("bad_hash", "missing missing ok", False, False, id="a-spare"),
        pytest.param("timeout timeout timeout", "", False, False, id="none-compared"),
    ],
)
def test_disputes(
    outcomes: str,
    spares: str,
    lacking: bool,  # noqa: FBT001 - a row of the table
    disputed: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """Three that differ and nobody who agrees, besides the origin, make a dispute."""
    sighting = seen(outcomes, spares)

    assert lacking == lacks_agreement(sighting)
    assert disputed == is_disputed(sighting)


def test_a_wrong_sample_takes_no_mirror_down() -> None:
    """Mirrors stand as before, those that fail otherwise do not, and all is noted."""
    before = fold(None, seen("ok ok ok ok"), POLICY)
    after = fold(before, seen("bad_hash bad_hash bad_hash timeout"), POLICY).health

    states = {url: one.state for url, one in after.items() if url != ORIGIN}
    assert states == {
        "m0": State.UP,
        "m1": State.UP,
        "m2": State.UP,
        "m3": State.DOWN,
    }
    assert Outcome.BAD_HASH is after["m0"].outcome
    assert before.health["m0"] == replace(after["m0"], outcome=Outcome.OK)
