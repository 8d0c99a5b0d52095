"""Probes side by side: bounded in number, by host and in time."""

import logging
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

from mirrorsel.caught import Caught, attempt
from mirrorsel.model import Mirror, Outcome, ProbeResult
from mirrorsel.net import OwnTime

_log = logging.getLogger(__name__)

# Enough for a loaded machine, and little beside a cycle.
_GRACE = 5.0
_STEP = 1.0
"""At most so many seconds pass without a look at what else is to be done."""

Probe = Callable[[Mirror], ProbeResult]
"""Probes one mirror."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What probes may cost that run side by side."""

    jobs: int
    """How many run at once."""
    jobs_per_host: int | None = None
    """How many of one host, whatever its ports; None for any number."""
    deadline: float
    """Seconds that one should take at most."""
    grace: float = _GRACE
    """Seconds beyond that after which one is given up."""


class Pool:
    """The threads in which probes run, for the life of a checker.

    They are daemons: nothing waits for them when the process ends. One that is
    stuck in spite of every deadline is left alone, and its mirror not probed again
    before it has ended, so that there are never more of them than mirrors.
    """

    def __init__(self) -> None:
        self._stuck: dict[str, threading.Thread] = {}
        self._told: dict[str, str] = {}

    def run(
        self,
        mirrors: Sequence[Mirror],
        probe: Probe,
        bounds: Bounds,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> Iterator[ProbeResult]:
        """Yield the result of every probe, in the order in which they end.

        A probe that does not end, though it should, is given up; its result says
        so. One that raises has the outcome DEFECT, whatever it raises, and is
        logged with its traceback when that is new; the others stand.

        Args:
            mirrors: Each once, in the order in which the probes start. One whose
                host is busy lets others go first.
            probe: Probes one.
            bounds: What they may cost.
            meanwhile: Does what else is due, each second while probes run.

        """
        stuck = {url: one for url, one in self._stuck.items() if one.is_alive()}
        self._stuck = stuck
        for one in mirrors:
            if one.url in stuck:
                detail = "an earlier probe has not ended yet"
                yield _failure(one.url, Outcome.DEADLINE, detail)
        free = [one for one in mirrors if one.url not in stuck]
        for end in _Dispatch(free, probe, bounds).ends(meanwhile):
            yield self._result(end)

    def _result(self, end: "_End") -> ProbeResult:
        url = end.run.mirror.url
        if end.error is not None:
            self._tell(url, end.error)
            return _failure(url, Outcome.DEFECT, type(end.error).__name__)
        if end.result is None:
            self._stuck[url] = end.run.thread
            return _failure(url, Outcome.DEADLINE, "the probe did not end")
        self._told.pop(url, None)
        return end.result

    def _tell(self, url: str, error: BaseException) -> None:
        text = repr(error)
        if self._told.get(url) != text:
            _log.error("the probe of %s has a defect", url, exc_info=error)
        self._told[url] = text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    mirror: Mirror
    host: str
    thread: threading.Thread
    end: float
    """When it is given up, in the own time of the dispatch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """The end of a run: with a result, with an error, or given up."""

    run: _Run
    result: ProbeResult | None = None
    error: BaseException | None = None


class _Dispatch:
    """The start of what may start, whenever something has ended."""

    def __init__(self, mirrors: Sequence[Mirror], probe: Probe, bounds: Bounds) -> None:
        self._probe = probe
        self._bounds = bounds
        self._ready = deque(mirrors)
        self._held: defaultdict[str, deque[Mirror]] = defaultdict(deque)
        self._busy: Counter[str] = Counter()
        self._running: dict[str, _Run] = {}
        self._time = OwnTime(_STEP)
        self._ended: SimpleQueue[
            tuple[str, ProbeResult | None, BaseException | None]
        ] = SimpleQueue()

    def ends(self, meanwhile: Callable[[], None]) -> Iterator[_End]:
        """Yield the end of every run, and do something else each second."""
        looked = time.monotonic()
        self._start()
        while self._running:
            end = self._next_end()
            self._time.look()
            if time.monotonic() - looked >= _STEP:
                meanwhile()
                looked = time.monotonic()
            if end is not None:
                self._free(end.run)
                yield end
            self._start()

    def _start(self) -> None:
        most = self._bounds.jobs_per_host
        while self._ready and len(self._running) < self._bounds.jobs:
            mirror = self._ready.popleft()
            host = _host(mirror)
            if most is not None and self._busy[host] >= most:
                self._held[host].append(mirror)
            else:
                self._run(mirror, host)

    def _run(self, mirror: Mirror, host: str) -> None:
        thread = threading.Thread(target=self._work, args=(mirror,), daemon=True)
        end = self._time.passed + self._bounds.deadline + self._bounds.grace
        run = _Run(mirror=mirror, host=host, thread=thread, end=end)
        self._busy[host] += 1
        self._running[mirror.url] = run
        with Caught(RuntimeError) as caught:
            thread.start()
        if caught.error is not None:
            # The system has no room for another thread.
            self._ended.put((mirror.url, None, caught.error))

    def _work(self, mirror: Mirror) -> None:
        # SystemExit and the like too: in a thread they end nothing but the thread.
        end = attempt(lambda: self._probe(mirror), BaseException)
        self._ended.put((mirror.url, *end))

    def _next_end(self) -> _End | None:
        """Return the next end of a run; None if there is none for now.

        That is after a second, or for one that was given up before, or where this
        process was held up itself and the probes with it.
        """
        # All runs have the same time, so that the oldest is given up first.
        oldest = next(iter(self._running.values()))
        patience = max(oldest.end - self._time.passed, 0)
        try:
            url, result, error = self._ended.get(timeout=min(patience, _STEP))
        except Empty:
            is_over = self._time.passed >= oldest.end
            return _End(run=oldest) if is_over else None
        run = self._running.get(url)
        if run is None:
            return None
        return _End(run=run, result=result, error=error)

    def _free(self, run: _Run) -> None:
        del self._running[run.mirror.url]
        self._busy[run.host] -= 1
        if self._held[run.host]:
            self._ready.appendleft(self._held[run.host].popleft())


def _host(mirror: Mirror) -> str:
    return urlsplit(mirror.url).hostname or mirror.url


def _failure(url: str, outcome: Outcome, detail: str) -> ProbeResult:
    return ProbeResult(url=url, at=datetime.now(UTC), outcome=outcome, detail=detail)
