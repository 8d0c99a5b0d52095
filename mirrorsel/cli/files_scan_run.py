"""The scans that a verb runs, with their progress shown."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from rich.progress import BarColumn, Progress, TaskID, TextColumn

from mirrorsel.cli.files_known import Known
from mirrorsel.cli.layout import cell, make_console
from mirrorsel.model import LastScan, Mirror
from mirrorsel.scanning.host import host_of, lines_of
from mirrorsel.scanning.jobs import Jobs
from mirrorsel.scanning.ledger import Ledger
from mirrorsel.scanning.route import Route
from mirrorsel.scanning.scan import Scan, Scanner
from mirrorsel.scanning.schedule import NEVER, Candidate, choose
from mirrorsel.scanning.unfinished import Unfinished
from mirrorsel.scanning.view import limits_of, reach_of
from mirrorsel.scanning.whole import failed_scan, last_scan

_STEP = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of the scan of one mirror."""

    url: str
    last: LastScan


def scan_all(known: Known, mirrors: Sequence[Mirror], *, write: bool) -> list[Outcome]:
    """Scan mirrors side by side, one of each host at once.

    Args:
        known: What is known.
        mirrors: Who is scanned.
        write: Whether what is seen is written into the state folder.

    Raises:
        StateError: it cannot be written.

    """
    stop = threading.Event()
    console = make_console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}"),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        try:
            return _Run(known, stop, progress).run(mirrors, write=write)
        finally:
            stop.set()


class _Run:
    def __init__(self, known: Known, stop: threading.Event, progress: Progress) -> None:
        self._known = known
        self._stop = stop
        self._progress = progress
        self._jobs: Jobs[Scan] = Jobs()
        self._begun: dict[str, float] = {}
        self._tasks: dict[str, TaskID] = {}
        self._count = known.files.count()

    def run(self, mirrors: Sequence[Mirror], *, write: bool) -> list[Outcome]:
        """Scan until all is done; what was seen is written as soon as it is."""
        waiting = {one.url: one for one in mirrors}
        folder = self._known.folder
        ledger = Ledger(folder) if write else None
        unfinished = Unfinished(folder.underway) if write else None
        found: list[Outcome] = []
        while waiting or self._jobs:
            self._start(waiting)
            for end in self._jobs.ends():
                self._progress.remove_task(self._tasks.pop(end.url))
                seconds = time.time() - self._begun[end.url]
                if end.result is not None:
                    last = last_scan(end.result, time.time(), seconds)
                else:
                    error = end.error or RuntimeError()
                    before = self._known.scans.get(end.url)
                    last = failed_scan(error, time.time(), seconds, before)
                found.append(Outcome(url=end.url, last=last))
                if ledger is not None:
                    self._keep(ledger, found[-1], end.result)
                if unfinished is not None:
                    # What was seen by hand is newer.
                    unfinished.drop([end.url])
            time.sleep(_STEP)
        return found

    def _start(self, waiting: dict[str, Mirror]) -> None:
        due = [
            Candidate(url=url, host=host_of(one), due=NEVER)
            for url, one in waiting.items()
        ]
        free = self._known.settings.tree.scan_jobs - len(self._jobs)
        for chosen in choose(due, self._jobs.hosts, free):
            mirror = waiting.pop(chosen.url)
            self._begun[mirror.url] = time.time()
            self._jobs.start(mirror.url, chosen.host, self._work(mirror))

    def _work(self, mirror: Mirror) -> Callable[[], Scan]:
        settings, holders = self._known.settings, self._known.holders
        scanner = Scanner(
            limits=limits_of(settings), reach=reach_of(settings), stop=self._stop
        )
        task = self._progress.add_task(cell(mirror.url).plain, total=self._count)
        self._tasks[mirror.url] = task
        known = mirror.url in holders.mirrors
        lines = lines_of(
            mirror, self._known.mirrors.values(), lambda one: one.disabled is None
        )
        return partial(
            Route(scanner=scanner, lines=lines).scan,
            mirror,
            self._known.files,
            bytes(holders.seen(mirror.url)) if known else None,
            lambda _: self._progress.advance(task),
        )

    def _keep(self, ledger: Ledger, outcome: Outcome, scan: Scan | None) -> None:
        ledger.begin(self._known.files.about.lineage)
        if scan is not None:
            seen = scan.matched.seen
            ledger.holders = ledger.holders.with_scan(scan.url, seen, scan.at)
        ledger.scans[outcome.url] = outcome.last
        ledger.write()
