"""Probes side by side: bounded in number and in time."""

import logging
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from multiprocessing.pool import ThreadPool
from queue import Empty, SimpleQueue

from mirrorsel.model import Mirror, Outcome, ProbeResult

_log = logging.getLogger(__name__)

# Enough for a loaded machine, and little beside a cycle.
_GRACE = 5.0


def probe_all(
    mirrors: Sequence[Mirror],
    probe: Callable[[Mirror], ProbeResult],
    *,
    jobs: int,
    deadline: float,
    grace: float = _GRACE,
) -> Iterator[ProbeResult]:
    """Yield the result of every probe, in the order in which they end.

    A probe that does not end, though it should, is given up; its result says so.
    One that raises is logged with its traceback and has the outcome DEFECT; the
    others stand. The threads are daemons: nothing waits for them when the process
    ends.

    Args:
        mirrors: Each once, in the order in which the probes start.
        probe: Probes one.
        jobs: How many run at once.
        deadline: Seconds that one may take.
        grace: Seconds that all of them may take beyond that.

    """
    if not mirrors:
        return
    workers = min(jobs, len(mirrors))
    end = time.monotonic() + math.ceil(len(mirrors) / workers) * deadline + grace
    missing = {one.url for one in mirrors}
    ended: SimpleQueue[ProbeResult] = SimpleQueue()
    with ThreadPool(workers) as pool:
        for one in mirrors:
            failed = partial(_put_defect, ended, one.url)
            pool.apply_async(probe, (one,), callback=ended.put, error_callback=failed)
        for result in _until(end, ended, len(mirrors)):
            missing.discard(result.url)
            yield result
    for url in missing:
        yield _failure(url, Outcome.DEADLINE, "the probe did not end")


def _until(
    end: float, ended: SimpleQueue[ProbeResult], count: int
) -> Iterator[ProbeResult]:
    """Yield so many results, or those that have come when the time is up."""
    with suppress(Empty):
        for _ in range(count):
            yield ended.get(timeout=max(end - time.monotonic(), 0))


def _put_defect(
    ended: SimpleQueue[ProbeResult], url: str, error: BaseException
) -> None:
    _log.error("the probe of %s has a defect", url, exc_info=error)
    ended.put(_failure(url, Outcome.DEFECT, type(error).__name__))


def _failure(url: str, outcome: Outcome, detail: str) -> ProbeResult:
    return ProbeResult(url=url, at=datetime.now(UTC), outcome=outcome, detail=detail)
