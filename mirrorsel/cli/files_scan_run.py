"""The scans that a verb runs, with their progress shown."""

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

from rich.progress import BarColumn, Progress, TaskID, TextColumn

from mirrorsel.cli.files_known import Known
from mirrorsel.cli.layout import cell, make_console
from mirrorsel.model import LastScan, Mirror
from mirrorsel.scanning.host import host_of, lines_of
from mirrorsel.scanning.jobs import End, Jobs
from mirrorsel.scanning.ledger import Ledger
from mirrorsel.scanning.record import failed_scan, last_scan
from mirrorsel.scanning.route import Route
from mirrorsel.scanning.run import Assignment
from mirrorsel.scanning.scan import Scan, Scanner
from mirrorsel.scanning.schedule import NEVER, DueScan, choose
from mirrorsel.scanning.unfinished import Unfinished
from mirrorsel.scanning.view import limits_of, reach_of

_STEP = 0.05


def scan_all(
    known: Known, mirrors: Sequence[Mirror], *, write: bool
) -> dict[str, LastScan]:
    """Scan mirrors side by side, one of each host at once.

    Args:
        known: What is known.
        mirrors: Who is scanned.
        write: Whether what is seen is written into the state folder.

    Returns:
        How each scan went, by the mirror's URL.

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

    def run(self, mirrors: Sequence[Mirror], *, write: bool) -> dict[str, LastScan]:
        """Scan until all is done; what was seen is written as soon as it is."""
        waiting = {one.url: one for one in mirrors}
        book = _Book(self._known) if write else None
        found: dict[str, LastScan] = {}
        while waiting or self._jobs:
            self._start(waiting)
            for end in self._jobs.ends():
                self._progress.remove_task(self._tasks.pop(end.url))
                found[end.url] = self._last(end)
                if book is not None:
                    book.keep(end, found[end.url])
            time.sleep(_STEP)
        return found

    def _start(self, waiting: dict[str, Mirror]) -> None:
        due = [
            DueScan(url=url, host=host_of(one), due=NEVER)
            for url, one in waiting.items()
        ]
        free = self._known.settings.tree.scan_jobs - len(self._jobs)
        for chosen in choose(due, self._jobs.hosts, free):
            mirror = waiting.pop(chosen.url)
            self._begun[mirror.url] = time.time()
            self._jobs.start(mirror.url, chosen.host, self._work(mirror))

    def _work(self, mirror: Mirror) -> Callable[[], Scan]:
        known, settings = self._known, self._known.settings
        scanner = Scanner(
            limits=limits_of(settings), reach=reach_of(settings), stop=self._stop
        )
        task = self._progress.add_task(cell(mirror.url).plain, total=self._count)
        self._tasks[mirror.url] = task
        assignment = Assignment(
            mirror=mirror,
            files=known.files,
            before=known.holders.seen(mirror.url),
            seen=lambda _: self._progress.advance(task),
        )
        others = known.mirrors.values()
        lines = lines_of(mirror, others, lambda one: one.disabled is None)
        return partial(Route(scanner=scanner, lines=lines).scan, assignment)

    def _last(self, end: End[Scan]) -> LastScan:
        now = time.time()
        seconds = now - self._begun[end.url]
        if end.result is not None:
            return last_scan(end.result, now, seconds)
        error = end.error or RuntimeError()
        return failed_scan(error, now, seconds, self._known.scans.get(end.url))


class _Book:
    """Writes down what scans by hand have seen."""

    def __init__(self, known: Known) -> None:
        self._ledger = Ledger(known.folder)
        self._ledger.begin(known.files.about.lineage)
        self._unfinished = Unfinished(known.folder.underway)

    def keep(self, end: End[Scan], last: LastScan) -> None:
        """Write how a scan went.

        Raises:
            StateError: it cannot be written.

        """
        self._ledger.note(end.url, last, end.result)
        self._ledger.write()
        # What was seen by hand is newer.
        self._unfinished.drop([end.url])
