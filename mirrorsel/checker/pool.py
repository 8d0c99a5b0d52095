"""Probes side by side: bounded in number and in time."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from multiprocessing import TimeoutError as OutOfTime
from multiprocessing.pool import ThreadPool

from mirrorsel.model import Outcome, ProbeResult

# Enough for a loaded machine, and little beside a cycle.
_GRACE = 5.0


def probe_all(
    urls: Sequence[str],
    probe: Callable[[str], ProbeResult],
    *,
    jobs: int,
    deadline: float,
    grace: float = _GRACE,
) -> Iterator[ProbeResult]:
    """Yield the result of every probe, in the order in which they end.

    A probe that does not end, though it should, is given up; its result says so.
    The threads are daemons: nothing waits for them when the process ends.

    Args:
        urls: The base URLs, in the order in which the probes start.
        probe: Probes one; what it raises is raised here.
        jobs: How many run at once.
        deadline: Seconds that one may take.
        grace: Seconds that all of them may take beyond that.

    """
    if not urls:
        return
    workers = min(jobs, len(urls))
    end = time.monotonic() + math.ceil(len(urls) / workers) * deadline + grace
    missing = dict.fromkeys(urls)
    with ThreadPool(workers) as pool:
        results = pool.imap_unordered(probe, missing)
        while missing:
            try:
                result = results.next(timeout=max(end - time.monotonic(), 0))
            except OutOfTime:
                break
            missing.pop(result.url)
            yield result
    for url in missing:
        yield _given_up(url)


def _given_up(url: str) -> ProbeResult:
    detail = "the probe did not end"
    at = datetime.now(UTC)
    return ProbeResult(url=url, at=at, outcome=Outcome.DEADLINE, detail=detail)
