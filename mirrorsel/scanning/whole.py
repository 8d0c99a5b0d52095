"""The whole scans: who is scanned when, and what follows from what was seen."""

import logging
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial

from mirrorsel.errors import FetchError
from mirrorsel.model import LastScan, Mirror, WholeScan
from mirrorsel.scanning.host import Lines, host_of, lines_of
from mirrorsel.scanning.jobs import End, Jobs
from mirrorsel.scanning.ledger import Ledger
from mirrorsel.scanning.route import Route
from mirrorsel.scanning.scan import Scan, Scanner, UnscannableError
from mirrorsel.scanning.schedule import NEVER, Candidate, choose, due_at, is_due
from mirrorsel.scanning.unfinished import Unfinished
from mirrorsel.scanning.view import View, limits_of, reach_of
from mirrorsel.tree import FileIndex

_log = logging.getLogger(__name__)

_FORGOTTEN_AFTER = 3


class WholeScans:
    """The scans under way, and what is made of their ends.

    Args:
        ledger: Where it is written down.
        unfinished: Where it is kept how far scans have come.
        stop: Ends all scans.
        now: Seconds of Unix time.

    """

    def __init__(
        self,
        ledger: Ledger,
        unfinished: Unfinished,
        stop: threading.Event,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._ledger = ledger
        self._unfinished = unfinished
        self._stop = stop
        self._now = now
        self._jobs: Jobs[tuple[str, Scan]] = Jobs()
        self._begun: dict[str, float] = {}
        self._wanted: set[str] = set()
        self._void: set[str] = set()

    def ask_for(self, url: str) -> None:
        """Have a mirror scanned as soon as may be."""
        self._wanted.add(url)

    def make_void(self, urls: Collection[str]) -> None:
        """Have what scans of some mirrors have seen until now count for nothing."""
        self._void |= self._begun.keys() & set(urls)
        self._unfinished.drop(urls)

    def take_ends(self) -> None:
        """Take up what has ended."""
        for end in self._jobs.ends():
            begun = self._begun.pop(end.url, self._now())
            if end.result is not None or end.url in self._void:
                self._unfinished.drop([end.url])
            if end.result is not None:
                self._take(*end.result, begun)
            elif end.error is not None:
                self._fail(end, end.error, begun)

    def start(self, view: View, files: FileIndex) -> None:
        """Start what is due."""
        settings, mirrors = view.settings, view.by_url
        due = [
            self._candidate(one, settings.tree.scan_period)
            for one in mirrors.values()
            if view.is_up(one) and self._is_due(one.url, settings.tree.scan_period)
        ]
        free = settings.tree.scan_jobs - len(self._jobs)
        for one in choose(due, self._jobs.hosts, free):
            self._begin(view, files, mirrors[one.url])

    def _is_due(self, url: str, period: float) -> bool:
        past = self._ledger.past(url)
        if self._is_hurried(url) and not past.failures:
            return True
        return is_due(url, past, period, self._now())

    def _is_hurried(self, url: str) -> bool:
        return url in self._wanted or url in self._ledger.holders.waiting

    def _candidate(self, mirror: Mirror, period: float) -> Candidate:
        waiting = mirror.url in self._ledger.holders.waiting
        due = due_at(mirror.url, self._ledger.past(mirror.url), period)
        return Candidate(
            url=mirror.url,
            host=host_of(mirror),
            due=NEVER if self._is_hurried(mirror.url) else due,
            urgent=waiting,
        )

    def _begin(self, view: View, files: FileIndex, mirror: Mirror) -> None:
        url, holders = mirror.url, self._ledger.holders
        lines = lines_of(mirror, view.by_url.values(), view.is_up)
        self._forget_old(view, mirror, lines)
        self._wanted.discard(url)
        self._void.discard(url)
        self._begun[url] = self._now()
        before = bytes(holders.seen(url)) if url in holders.mirrors else None
        scanner = Scanner(
            limits=limits_of(view.settings),
            reach=reach_of(view.settings),
            stop=self._stop,
            now=self._now,
            kept=self._unfinished,
        )
        scan = partial(Route(scanner=scanner, lines=lines).scan, mirror, files, before)
        self._jobs.start(url, host_of(mirror), lambda: (files.about.lineage, scan()))

    def _forget_old(self, view: View, mirror: Mirror, lines: Lines) -> None:
        """Forget what was seen before a mirror was out, or got what it is asked for."""
        for line in filter(None, (mirror, lines.rsync, lines.ftp)):
            if mirror.url in self._wanted:
                self._unfinished.drop([line.url])
            else:
                self._unfinished.drop_before(line.url, view.up_since(line))

    def _take(self, lineage: str, scan: Scan, begun: float) -> None:
        ledger, matched = self._ledger, scan.matched
        if lineage != ledger.holders.lineage or scan.url in self._void:
            return
        ledger.holders = ledger.holders.with_scan(scan.url, matched.seen, scan.at)
        now = self._now()
        ledger.scans[scan.url] = last_scan(scan, now, now - begun)
        text = "%s was scanned by %s: %d files there, %d missing, %d in another size"
        counts = (matched.held, matched.missing, matched.wrong)
        _log.info(text, scan.url, scan.protocol, *counts)

    def _fail(
        self, end: End[tuple[str, Scan]], error: BaseException, begun: float
    ) -> None:
        if self._stop.is_set():
            return
        before = self._ledger.scans.get(end.url)
        now = self._now()
        last = failed_scan(error, now, now - begun, before)
        self._ledger.scans[end.url] = last
        if not isinstance(error, FetchError):
            _log.error("the scan of %s has a defect", end.url, exc_info=error)
        elif before is None or (before.outcome, before.detail) != (
            last.outcome,
            last.detail,
        ):
            _log.warning("%s cannot be scanned: %s", end.url, last.detail)
        if last.unscannable and last.failures >= _FORGOTTEN_AFTER:
            self._ledger.scans[end.url] = replace(last, whole=None)
            others = set(self._ledger.holders.mirrors) - {end.url}
            self._ledger.holders = self._ledger.holders.only(others)


def last_scan(scan: Scan, ended: float, seconds: float) -> LastScan:
    """Return what is kept of a whole scan."""
    matched, took = scan.matched, round(seconds, 3)
    whole = WholeScan(
        at=scan.at,
        seconds=took,
        protocol=scan.protocol,
        folders=scan.folders,
        unlisted=len(scan.unlisted),
        listed=scan.listed,
        held=matched.held,
        missing=matched.missing,
        wrong=matched.wrong,
    )
    return LastScan(ended=ended, seconds=took, whole=whole)


def failed_scan(
    error: BaseException, ended: float, seconds: float, before: LastScan | None
) -> LastScan:
    """Return what is kept of a scan that failed, and of those before it."""
    outcome, detail = "defect", type(error).__name__
    if isinstance(error, FetchError):
        outcome, detail = error.outcome, error.detail
    return LastScan(
        ended=ended,
        seconds=round(seconds, 3),
        failures=1 + (before.failures if before else 0),
        outcome=outcome,
        detail=detail,
        unscannable=isinstance(error, UnscannableError),
        whole=before.whole if before else None,
    )
