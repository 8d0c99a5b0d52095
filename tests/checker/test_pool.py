"""Probes side by side."""

import threading
import time
from datetime import UTC, datetime

import pytest

from mirrorsel.checker.pool import probe_all
from mirrorsel.model import Outcome, ProbeResult


def good(url: str) -> ProbeResult:
    """Return a good result at once."""
    return ProbeResult(url=url, at=datetime.now(UTC), outcome=Outcome.OK)


def test_every_mirror_has_a_result() -> None:
    """Each mirror is probed once, with more of them than jobs."""
    urls = [str(number) for number in range(20)]
    results = probe_all(urls, good, jobs=3, deadline=1)

    assert sorted(urls) == sorted(one.url for one in results)


def test_no_mirrors() -> None:
    """With nothing to probe nothing is started."""
    assert list(probe_all([], good, jobs=3, deadline=1)) == []


def test_jobs_are_bounded() -> None:
    """No more probes run at once than allowed."""
    running = threading.Semaphore(2)

    def counted(url: str) -> ProbeResult:
        assert running.acquire(blocking=False)
        time.sleep(0.01)
        running.release()
        return good(url)

    results = list(probe_all("abcdef", counted, jobs=2, deadline=1))

    assert len(results) == 6


def test_error_of_a_probe_is_seen() -> None:
    """What a probe raises reaches whoever reads the results."""

    def faulty(url: str) -> ProbeResult:
        raise LookupError(url)

    with pytest.raises(LookupError):
        list(probe_all(["a"], faulty, jobs=1, deadline=1))


def test_stuck_probe_is_given_up() -> None:
    """A probe that does not end holds the cycle no longer than it may take."""
    stuck = threading.Event()

    def probe(url: str) -> ProbeResult:
        if url == "stuck":
            stuck.wait()
        return good(url)

    results = probe_all(["stuck", "a"], probe, jobs=2, deadline=0.1, grace=0.1)
    outcomes = {one.url: one.outcome for one in results}
    stuck.set()

    assert outcomes == {"a": Outcome.OK, "stuck": Outcome.DEADLINE}
