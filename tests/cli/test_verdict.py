"""What one probe says of a mirror."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mirrorsel.cli.verdict import Finding, Verdict, findings
from mirrorsel.health import HealthPolicy
from mirrorsel.model import (
    Attempt,
    Certificate,
    Health,
    Kind,
    Mirror,
    MirrorList,
    Outcome,
    ProbeResult,
    Snapshot,
    State,
)

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
DAY = timedelta(days=1)
URL = "https://mirror.example/"
GOOD = ProbeResult(
    url=URL,
    at=NOW,
    outcome=Outcome.OK,
    seconds=0.2,
    attempts=(Attempt(family=4, outcome=Outcome.OK),),
    stamp=NOW,
    certificate=Certificate(expiry=NOW + 60 * DAY, issuer="A"),
)
LIFT = "to lift it, disable its line, wait for a round, and enable it again"
DEAD6 = Attempt(family=6, outcome=Outcome.TIMEOUT, detail="timed out")


def found(
    result: ProbeResult, health: Health | None = None, mirror: Mirror | None = None
) -> Finding:
    """Return what is found of one mirror."""
    listed = MirrorList(mirrors=(mirror or Mirror(url=URL),))
    snapshot = Snapshot(taken=NOW, health={URL: health}) if health else None
    (one,) = findings(listed, {URL: result}, NOW, snapshot, HealthPolicy())
    return one


@pytest.mark.parametrize(
    ("result", "verdict", "reason"),
    [
        pytest.param(GOOD, Verdict.PASS, "answers", id="good"),
        pytest.param(
            replace(GOOD, stamp=NOW - 9 * DAY), Verdict.WARN, "stale", id="stale"
        ),
        pytest.param(
            replace(GOOD, outcome=Outcome.MISSING, detail="KEYS"),
            Verdict.FAIL,
            "file missing: KEYS",
            id="bad",
        ),
        pytest.param(
            replace(GOOD, outcome=Outcome.NO_CLIENT, detail="nothing here speaks it"),
            Verdict.SKIP,
            "not probed: nothing here speaks it",
            id="no program for it",
        ),
    ],
)
def test_verdict(result: ProbeResult, verdict: Verdict, reason: str) -> None:
    """What this machine cannot ask is no failure of the mirror."""
    one = found(result, mirror=Mirror(url=URL, kind=Kind.RSYNC))

    assert (verdict, reason) == (one.verdict, one.reason)


@pytest.mark.parametrize(
    ("result", "health", "warnings"),
    [
        pytest.param(GOOD, None, (), id="none"),
        pytest.param(
            replace(GOOD, certificate=Certificate(expiry=NOW + 5 * DAY)),
            None,
            ("has a certificate that ends in 5 d",),
            id="certificate",
        ),
        pytest.param(
            replace(GOOD, attempts=(*GOOD.attempts, DEAD6)),
            Health(state=State.DOWN, streak=-9),
            ("does not answer over IPv6: no answer in time: timed out",),
            id="dead IPv6, of one that was down",
        ),
        pytest.param(
            replace(GOOD, stamp=NOW - 3 * DAY),
            None,
            ("is stale: its tree is 3 d behind",),
            id="stale",
        ),
        pytest.param(
            GOOD,
            Health(state=State.DOWN, quarantine="it is another"),
            (f"is in quarantine: it is another; {LIFT}",),
            id="quarantine",
        ),
        pytest.param(
            replace(GOOD, outcome=Outcome.TIMEOUT, certificate=None),
            Health(https_twin=True),
            (),
            id="a failure is told as such",
        ),
    ],
)
def test_warnings(
    result: ProbeResult, health: Health | None, warnings: tuple[str, ...]
) -> None:
    """One probe is enough to warn, beside what the checker believes."""
    assert warnings == found(result, health).warnings
