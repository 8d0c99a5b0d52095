"""The whole scans: who is scanned when, and what follows from what was seen."""

import logging
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial

from mirrorsel.errors import FetchError
from mirrorsel.model import Mirror
from mirrorsel.scanning.host import Lines, host_of, lines_of
from mirrorsel.scanning.jobs import End, Jobs
from mirrorsel.scanning.ledger import Ledger
from mirrorsel.scanning.record import failed_scan, last_scan
from mirrorsel.scanning.route import Route
from mirrorsel.scanning.run import Assignment
from mirrorsel.scanning.scan import Scan, Scanner
from mirrorsel.scanning.schedule import DueScan, choose, due_at, is_due
from mirrorsel.scanning.unfinished import Unfinished
from mirrorsel.scanning.view import View, limits_of, reach_of
from mirrorsel.tree import FileIndex

_log = logging.getLogger(__name__)

_FORGOTTEN_AFTER = 3
# Of the places for scans, for mirrors that are waited for.
_RESERVED = 1


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
            self._due(one, settings.tree.scan_period)
            for one in mirrors.values()
            if view.is_up(one) and self._is_due(one.url, settings.tree.scan_period)
        ]
        jobs = settings.tree.scan_jobs
        free, reserved = jobs - len(self._jobs), min(_RESERVED, jobs - 1)
        for one in choose(due, self._jobs.hosts, free, reserved=reserved):
            self._begin(view, files, mirrors[one.url])

    def _is_due(self, url: str, period: float) -> bool:
        past = self._ledger.past(url)
        if self._is_urgent(url) and not past.failures:
            return True
        return is_due(url, past, period, self._now())

    def _is_urgent(self, url: str) -> bool:
        return url in self._wanted or url in self._ledger.holders.waiting

    def _due(self, mirror: Mirror, period: float) -> DueScan:
        url = mirror.url
        return DueScan(
            url=url,
            host=host_of(mirror),
            due=due_at(url, self._ledger.past(url), period),
            urgent=self._is_urgent(url),
        )

    def _begin(self, view: View, files: FileIndex, mirror: Mirror) -> None:
        url = mirror.url
        lines = lines_of(mirror, view.by_url.values(), view.is_up)
        self._forget_old(view, mirror, lines)
        self._wanted.discard(url)
        self._void.discard(url)
        self._begun[url] = self._now()
        scanner = Scanner(
            limits=limits_of(view.settings),
            reach=reach_of(view.settings),
            stop=self._stop,
            now=self._now,
            kept=self._unfinished,
        )
        route, lineage = Route(scanner=scanner, lines=lines), files.about.lineage
        before = self._ledger.holders.seen(url)
        scan = partial(
            route.scan, Assignment(mirror=mirror, files=files, before=before)
        )
        self._jobs.start(url, host_of(mirror), lambda: (lineage, scan()))

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
        now = self._now()
        ledger.note(scan.url, last_scan(scan, now, now - begun), scan)
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
