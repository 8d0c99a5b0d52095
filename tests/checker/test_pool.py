"""Probes side by side."""

import threading
import time
from collections import Counter
from datetime import UTC, datetime

import pytest

from mirrorsel.checker.pool import Bounds, Pool
from mirrorsel.model import Mirror, Outcome, ProbeResult
from tests.pausing import pause


def named(names: str) -> list[Mirror]:
    """Return a mirror for each letter."""
    return [Mirror(url=name) for name in names]


def good(mirror: Mirror) -> ProbeResult:
    """Return a good result at once."""
    return ProbeResult(url=mirror.url, at=datetime.now(UTC), outcome=Outcome.OK)


def test_every_mirror_has_a_result() -> None:
    """Each mirror is probed once, with more of them than jobs."""
    names = "abcdefghijklmnopqrst"
    results = Pool().run(named(names), good, Bounds(jobs=3, deadline=1))

    assert list(names) == sorted(one.url for one in results)


def test_no_mirrors() -> None:
    """With nothing to probe nothing is started."""
    assert list(Pool().run([], good, Bounds(jobs=3, deadline=1))) == []


def test_jobs_are_bounded() -> None:
    """No more probes run at once than allowed."""
    running = threading.Semaphore(2)

    def counted(mirror: Mirror) -> ProbeResult:
        assert running.acquire(blocking=False)
        time.sleep(0.01)
        running.release()
        return good(mirror)

    results = list(Pool().run(named("abcdef"), counted, Bounds(jobs=2, deadline=1)))

    assert [Outcome.OK] * 6 == [one.outcome for one in results]


def test_defect_of_a_probe(caplog: pytest.LogCaptureFixture) -> None:
    """What a probe raises is logged with its traceback, and the others stand."""

    def faulty(mirror: Mirror) -> ProbeResult:
        if mirror.url == "b":
            raise LookupError(mirror.url)
        return good(mirror)

    results = Pool().run(named("abc"), faulty, Bounds(jobs=1, deadline=1))
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

    results = Pool().run(named("sa"), probe, Bounds(jobs=2, deadline=0.1, grace=0.1))
    outcomes = {one.url: one.outcome for one in results}
    stuck.set()

    assert outcomes == {"a": Outcome.OK, "s": Outcome.DEADLINE}


def test_pause_of_this_process_gives_nobody_up() -> None:
    """A probe that could not go on while nothing ran here still has its time."""

    def probe(mirror: Mirror) -> ProbeResult:
        pause(2.6)
        time.sleep(0.1)
        return good(mirror)

    results = Pool().run(named("a"), probe, Bounds(jobs=1, deadline=2.2, grace=0.3))

    assert [Outcome.OK] == [one.outcome for one in results]


def test_jobs_of_one_host_are_bounded() -> None:
    """No host is asked more at once than allowed, and the others do not wait."""
    running: Counter[str] = Counter()
    most: Counter[str] = Counter()
    lock = threading.Lock()
    order: list[str] = []

    def counted(mirror: Mirror) -> ProbeResult:
        host = mirror.url[7]
        with lock:
            order.append(host)
            running[host] += 1
            most[host] = max(most[host], running[host])
        time.sleep(0.01)
        with lock:
            running[host] -= 1
        return good(mirror)

    one_host = [Mirror(url=f"http://a:{port}/") for port in range(1, 13)]
    another = [Mirror(url=f"http://b/{name}/") for name in "xyz"]
    bounds = Bounds(jobs=5, jobs_per_host=2, deadline=1)
    results = list(Pool().run([*one_host, *another], counted, bounds))

    assert len(results) == 15
    assert most == {"a": 2, "b": 2}
    assert "b" in order[:4]


def test_hanging_host_holds_up_nobody() -> None:
    """While a host hangs, its other mirrors wait and those of others do not."""
    stuck = threading.Event()

    def probe(mirror: Mirror) -> ProbeResult:
        if mirror.url.startswith("http://slow"):
            stuck.wait(5)
        return good(mirror)

    slow = [Mirror(url=f"http://slow:{port}/") for port in range(1, 21)]
    fast = [Mirror(url=f"http://m{number}/") for number in range(50)]
    bounds = Bounds(jobs=4, jobs_per_host=2, deadline=30)
    ended: list[str] = []
    for result in Pool().run([*slow, *fast], probe, bounds):
        ended.append(result.url)
        if len(ended) == len(fast):
            stuck.set()

    assert sorted(ended[: len(fast)]) == sorted(one.url for one in fast)
    assert len(ended) == len(slow) + len(fast)


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_killed_thread(
    error: type[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    """A thread that is ended from inside is a defect of its probe and no more."""

    def probe(mirror: Mirror) -> ProbeResult:
        if mirror.url < "d":
            raise error
        return good(mirror)

    results = list(Pool().run(named("abcdef"), probe, Bounds(jobs=2, deadline=5)))
    defects = [one for one in results if one.outcome is Outcome.DEFECT]

    assert sorted(one.url for one in defects) == ["a", "b", "c"]
    assert {one.detail for one in defects} == {error.__name__}
    assert len(results) == 6
    assert "Traceback" in caplog.text


def test_defect_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    """The same defect of the same probe is told again only after it was gone."""
    pool, bounds = Pool(), Bounds(jobs=1, deadline=1)

    def faulty(mirror: Mirror) -> ProbeResult:
        raise LookupError(mirror.url)

    for probe in (faulty, faulty, good, faulty):
        list(pool.run(named("a"), probe, bounds))

    assert caplog.text.count("the probe of a has a defect") == 2


def test_stuck_threads_do_not_pile_up() -> None:
    """A mirror whose probe is stuck is not probed again before that has ended."""
    stuck = threading.Event()
    started: list[str] = []

    def probe(mirror: Mirror) -> ProbeResult:
        started.append(mirror.url)
        stuck.wait(5)
        return good(mirror)

    pool, bounds = Pool(), Bounds(jobs=2, deadline=0.05, grace=0.05)
    before = threading.active_count()
    outcomes = [
        one.outcome for _ in range(5) for one in pool.run(named("ab"), probe, bounds)
    ]

    assert outcomes == [Outcome.DEADLINE] * 10
    assert started == ["a", "b"]
    assert threading.active_count() == before + 2
    stuck.set()
    while threading.active_count() > before:
        time.sleep(0.01)
    results = pool.run(named("ab"), probe, bounds)
    assert [one.outcome for one in results] == [Outcome.OK] * 2


def test_given_up_probe_makes_room() -> None:
    """Those that hang to the end give their places to others."""
    stuck = threading.Event()

    def probe(mirror: Mirror) -> ProbeResult:
        if mirror.url < "d":
            stuck.wait(5)
        return good(mirror)

    results = Pool().run(
        named("abcdef"), probe, Bounds(jobs=3, deadline=0.05, grace=0.05)
    )
    outcomes = {one.url: one.outcome for one in results}
    stuck.set()

    assert outcomes == dict.fromkeys("abc", Outcome.DEADLINE) | dict.fromkeys(
        "def", Outcome.OK
    )


def test_late_result_is_dropped() -> None:
    """A probe that ends after it was given up does not count twice."""

    def probe(mirror: Mirror) -> ProbeResult:
        time.sleep(0.15 if mirror.url == "a" else 0.1)
        return good(mirror)

    bounds = Bounds(jobs=1, deadline=0.06, grace=0.06)
    results = list(Pool().run(named("abc"), probe, bounds))

    assert [one.url for one in results] == ["a", "b", "c"]
    assert results[0].outcome is Outcome.DEADLINE
