"""One scan of one mirror: what it lists, held against the published files."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.broken_off import BrokenOffError
from mirrorsel.net.limits import Limits
from mirrorsel.net.listed import Lister
from mirrorsel.net.pace import Pace, StopError
from mirrorsel.net.reach import Reach
from mirrorsel.net.statuses import BUSY
from mirrorsel.net.tree_walk import Unlisted, Wanted
from mirrorsel.scanning.look import limits_for
from mirrorsel.scanning.matching import Matched
from mirrorsel.scanning.regularly import Regularly
from mirrorsel.scanning.run import Assignment, Run
from mirrorsel.scanning.unfinished import Kept, NotKept
from mirrorsel.tree import FileIndex

_TRIES = 3
_PAUSE = 10.0
_KEEP_EVERY = 30.0
_MOST_PROJECTS = 500
# What another try a little later may not meet again.
_PASSING = frozenset({Outcome.TIMEOUT, Outcome.DEADLINE, Outcome.REFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What one whole scan saw."""

    url: str
    """The mirror's base URL."""
    at: float
    """When it began, in seconds of Unix time."""
    protocol: str
    """By which it was listed, the scheme of a URL."""
    matched: Matched
    folders: int
    """How many folders were listed."""
    listed: int
    """How many files the mirror told of, published or not."""
    unlisted: tuple[Unlisted, ...] = ()
    """The folders that could not be listed."""


class UnscannableError(FetchError):
    """The mirror is there, and offers no list of its files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanner:
    """How mirrors are scanned."""

    limits: Limits
    """What one request may cost, and where it may go."""
    reach: Reach = field(default_factory=Reach)
    """What a whole scan may cost."""
    stop: threading.Event = field(default_factory=threading.Event)
    """Ends scans before they are whole."""
    now: Callable[[], float] = time.time
    pause: float = _PAUSE
    """Seconds after which a listing that broke off goes on."""
    kept: Kept = field(default_factory=NotKept)
    """Keeps how far scans have come, so that they go on after a restart."""
    keep_every: float = _KEEP_EVERY
    """Seconds from one keeping to the next."""

    def scan(self, assignment: Assignment) -> Scan:
        """Scan a mirror.

        Raises:
            FetchError: the scan is not whole, and says nothing.
            StateError: the index turns out to be damaged.

        """
        run = self._begin(assignment)
        try:
            unlisted = self._list_all(run)
        except FetchError:
            self._keep(run)
            raise
        url = assignment.mirror.url
        return Scan(
            url=url,
            at=run.at,
            protocol=url.partition(":")[0],
            matched=run.matching.match(run.coverage),
            folders=len(run.coverage.folders),
            listed=run.listed,
            unlisted=unlisted,
        )

    def _begin(self, assignment: Assignment) -> Run:
        mirror, files = assignment.mirror, assignment.files
        begun = self.kept.begun(mirror.url, files.about.lineage, mirror.prefixes)
        if begun is not None and len(begun.told) > files.highest() + 1:
            # Not of this index, whatever it says.
            begun = None
        return Run(assignment, self.now(), begun)

    def _keep(self, run: Run) -> None:
        if run.is_covered:
            self.kept.keep(run.underway())

    def _list_all(self, run: Run) -> tuple[Unlisted, ...]:
        carried = run.assignment.mirror.prefixes
        prefixes = tuple(one.rstrip("/") for one in carried) or ("",)
        unlisted = self._list(prefixes, run)
        rootless = prefixes == ("",) and "" not in run.coverage.folders
        if rootless and (run.goes_on or not run.is_covered):
            # Some have a page of their own at the root, and lists below.
            unlisted += self._list(_projects(run.assignment.files), run)
        if not run.is_covered:
            first = unlisted[0] if unlisted else None
            outcome = first.outcome if first else Outcome.PROTOCOL
            detail = first.detail if first else "nothing was listed"
            raise UnscannableError(outcome, detail)
        return unlisted

    def _list(self, prefixes: tuple[str, ...], run: Run) -> tuple[Unlisted, ...]:
        """List until all was listed, going on where it broke off."""
        lister, url = self._lister(run), run.assignment.mirror.url
        wanted = Wanted(
            seen=run.take,
            coverage=run.coverage,
            prefixes=prefixes,
            folder=run.assignment.files.is_folder,
        )
        for left in reversed(range(_TRIES)):
            reached = len(run.coverage.folders)
            try:
                unlisted = lister.list_tree(url, wanted)
            except FetchError as error:
                goes_on = len(run.coverage.folders) > reached
                if not (left and goes_on and _is_passing(error)):
                    raise
            else:
                if not (left and any(one.outcome in _PASSING for one in unlisted)):
                    return unlisted
            self.stop.wait(self.pause)
        raise AssertionError

    def _lister(self, run: Run) -> Lister:
        """Return what lists the mirror, as long as it may, and keeps what it saw."""
        keep = Regularly(self.keep_every, lambda: self._keep(run))

        def check() -> None:
            if self.stop.is_set():
                raise StopError(Outcome.DEADLINE, "ended before it was done")
            keep()

        return Lister(
            limits=limits_for(run.assignment.mirror, self.limits),
            reach=self.reach,
            pace=lambda reach: Pace(reach, sleep=self.stop.wait, check=check),
        )


def _is_passing(error: FetchError) -> bool:
    """Return whether the same may go well a little later."""
    if isinstance(error, StopError):
        return False
    passing = error.outcome in _PASSING or error.status in BUSY
    return passing or isinstance(error, BrokenOffError)


def _projects(files: FileIndex) -> tuple[str, ...]:
    root = files.folder("")
    return root.folders[:_MOST_PROJECTS] if root else ()
