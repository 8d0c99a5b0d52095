"""What is said of a cycle."""

import logging
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mirrorsel.checker.cycle import Cycle
from mirrorsel.checker.report import Report
from mirrorsel.health import Role, Witness
from mirrorsel.model import Outcome, ProbeResult, Snapshot
from mirrorsel.state import CycleSummary

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def cycle(outcome: Outcome, *, sample: str = "f", disputed: bool = False) -> Cycle:
    """Return a cycle of one mirror."""
    result = ProbeResult(
        url="http://m/", at=NOW, outcome=outcome, sample=sample, detail="f: 404"
    )
    return Cycle(
        snapshot=Snapshot(taken=NOW),
        changes=(),
        summary=CycleSummary(at=NOW, seconds=1, probed=1, good=0, frozen=False),
        results=(result,),
        disputed=disputed,
    )


def test_a_dispute_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    """One loud line says what is wrong, and another one when it comes again."""
    report = Report()
    wrong = cycle(Outcome.MISSING, disputed=True)
    with caplog.at_level(logging.ERROR):
        for one in (wrong, cycle(Outcome.TIMEOUT, sample=""), wrong):
            report.cycle(one)

        [line] = caplog.messages
        assert "no mirror has what mirrors are compared with" in line
        assert "http://m/: f: 404" in line

        report.cycle(cycle(Outcome.OK))
        report.cycle(wrong)
        assert 2 == len(caplog.messages)


def test_a_dispute_among_spares(caplog: pytest.LogCaptureFixture) -> None:
    """Those who were asked besides are named where no other differs."""
    timeout = cycle(Outcome.TIMEOUT, sample="", disputed=True)
    [wrong] = cycle(Outcome.MISSING).results
    spare = Witness(role=Role.SPARE, result=replace(wrong, url="http://s/"))
    Report().cycle(replace(timeout, witnesses=(spare,)))

    assert "http://s/: f: 404" in caplog.text
