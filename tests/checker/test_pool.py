"""Probes side by side."""

import threading
import time
from datetime import UTC, datetime

import pytest

from mirrorsel.checker.pool import probe_all
from mirrorsel.model import Mirror, Outcome, ProbeResult


def named(names: str) -> list[Mirror]:
    """Return a mirror for each letter."""
    return [Mirror(url=name) for name in names]


def good(mirror: Mirror) -> ProbeResult:
    """Return a good result at once."""
    return ProbeResult(url=mirror.url, at=datetime.now(UTC), outcome=Outcome.OK)


def test_every_mirror_has_a_result() -> None:
    """Each mirror is probed once, with more of them than jobs."""
    names = "abcdefghijklmnopqrst"
    results = probe_all(named(names), good, jobs=3, deadline=1)

    assert list(names) == sorted(one.url for one in results)


def test_no_mirrors() -> None:
    """With nothing to probe nothing is started."""
    assert list(probe_all([], good, jobs=3, deadline=1)) == []


def test_jobs_are_bounded() -> None:
    """No more probes run at once than allowed."""
    running = threading.Semaphore(2)

    def counted(mirror: Mirror) -> ProbeResult:
        assert running.acquire(blocking=False)
        time.sleep(0.01)
        running.release()
        return good(mirror)

    results = list(probe_all(named("abcdef"), counted, jobs=2, deadline=1))

    assert [Outcome.OK] * 6 == [one.outcome for one in results]


def test_defect_of_a_probe(caplog: pytest.LogCaptureFixture) -> None:
    """What a probe raises is logged with its traceback, and the others stand."""

    def faulty(mirror: Mirror) -> ProbeResult:
        if mirror.url == "b":
            raise LookupError(mirror.url)
        return good(mirror)

    results = probe_all(named("abc"), faulty, jobs=1, deadline=1)
    outcomes = {one.url: one.outcome for one in results}

    assert outcomes == {"a": Outcome.OK, "b": Outcome.DEFECT, "c": Outcome.OK}
    assert "the probe of b has a defect" in caplog.text
    assert "Traceback" in caplog.text


def test_stuck_probe_is_given_up() -> None:
    """A probe that does not end holds the cycle no longer than it may take."""
    stuck = threading.Event()

    def probe(mirror: Mirror) -> ProbeResult:
        if mirror.url == "s":
            stuck.wait()
        return good(mirror)

    results = probe_all(named("sa"), probe, jobs=2, deadline=0.1, grace=0.1)
    outcomes = {one.url: one.outcome for one in results}
    stuck.set()

    assert outcomes == {"a": Outcome.OK, "s": Outcome.DEADLINE}
