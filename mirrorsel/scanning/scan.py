"""One scan of one mirror: what it lists, held against the published files."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from mirrorsel.errors import FetchError
from mirrorsel.listing import Coverage, ListedFile
from mirrorsel.model import Mirror, Outcome
from mirrorsel.net.broken_off import BrokenOffError
from mirrorsel.net.limits import Limits
from mirrorsel.net.listed import Lister
from mirrorsel.net.pace import StopError
from mirrorsel.net.reach import Reach
from mirrorsel.net.tree_walk import Unlisted
from mirrorsel.scanning.look import limits_for
from mirrorsel.scanning.matching import Matched, Matching
from mirrorsel.scanning.turns import Regularly, Turns
from mirrorsel.scanning.unfinished import Kept, NotKept
from mirrorsel.state.underway import Underway
from mirrorsel.tree import FileIndex

_TRIES = 3
_PAUSE = 10.0
_KEEP_EVERY = 30.0
_MOST_PROJECTS = 500
# What another try a little later may not meet again.
_PASSING = frozenset({Outcome.TIMEOUT, Outcome.DEADLINE, Outcome.REFUSED})
_BUSY = frozenset({421, 429, 503})


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

    def scan(
        self,
        mirror: Mirror,
        files: FileIndex,
        before: bytes | None,
        seen: Callable[[ListedFile], None] = lambda _: None,
    ) -> Scan:
        """Scan a mirror.

        Args:
            mirror: The mirror.
            files: The published files.
            before: What was known of each file; None if it was never scanned.
            seen: Is told of each file that the mirror lists.

        Raises:
            FetchError: the scan is not whole, and says nothing.
            StateError: the index turns out to be damaged.

        """
        run = self._begin(mirror, files, before, seen)
        try:
            unlisted = self._list_all(mirror, run)
        except FetchError:
            self._keep(mirror, run)
            raise
        return Scan(
            url=mirror.url,
            at=run.at,
            protocol=mirror.url.partition(":")[0],
            matched=run.matching.match(run.coverage),
            folders=len(run.coverage.folders),
            listed=run.listed,
            unlisted=unlisted,
        )

    def _begin(
        self,
        mirror: Mirror,
        files: FileIndex,
        before: bytes | None,
        seen: Callable[[ListedFile], None],
    ) -> "_Run":
        begun = self.kept.begun(mirror.url, files.about.lineage, mirror.prefixes)
        if begun is not None and len(begun.told) > files.highest() + 1:
            # Not of this index, whatever it says.
            begun = None
        matching = Matching(
            files, mirror.prefixes, before, begun.told if begun else None
        )
        run = _Run(files, matching, seen, self.now())
        if begun is not None:
            run.go_on(begun)
        return run

    def _keep(self, mirror: Mirror, run: "_Run") -> None:
        if run.is_covered:
            self.kept.keep(run.underway(mirror))

    def _list_all(self, mirror: Mirror, run: "_Run") -> tuple[Unlisted, ...]:
        prefixes = tuple(one.rstrip("/") for one in mirror.prefixes) or ("",)
        unlisted = self._list(mirror, prefixes, run)
        rootless = prefixes == ("",) and "" not in run.coverage.folders
        if rootless and (run.goes_on or not run.is_covered):
            # Some have a page of their own at the root, and lists below.
            unlisted += self._list(mirror, _projects(run.files), run)
        if not run.is_covered:
            first = unlisted[0] if unlisted else None
            outcome = first.outcome if first else Outcome.PROTOCOL
            detail = first.detail if first else "nothing was listed"
            raise UnscannableError(outcome, detail)
        return unlisted

    def _list(
        self, mirror: Mirror, prefixes: tuple[str, ...], run: "_Run"
    ) -> tuple[Unlisted, ...]:
        """List until all was listed, going on where it broke off."""
        keep = Regularly(self.keep_every, lambda: self._keep(mirror, run))
        lister = Lister(
            limits=limits_for(mirror, self.limits),
            reach=self.reach,
            pace=lambda reach: Turns(reach, self.stop, keep),
        )
        for left in reversed(range(_TRIES)):
            reached = len(run.coverage.folders)
            try:
                unlisted = lister.list_tree(
                    mirror.url,
                    seen=run.take,
                    coverage=run.coverage,
                    prefixes=prefixes,
                    wanted=run.files.is_folder,
                )
            except FetchError as error:
                goes_on = len(run.coverage.folders) > reached
                if not (left and goes_on and _is_passing(error)):
                    raise
            else:
                if not (left and any(one.outcome in _PASSING for one in unlisted)):
                    return unlisted
            self.stop.wait(self.pause)
        raise AssertionError


def _is_passing(error: FetchError) -> bool:
    """Return whether the same may go well a little later."""
    if isinstance(error, StopError):
        return False
    passing = error.outcome in _PASSING or error.status in _BUSY
    return passing or isinstance(error, BrokenOffError)


class _Run:
    """What one scan has seen so far."""

    def __init__(
        self,
        files: FileIndex,
        matching: Matching,
        seen: Callable[[ListedFile], None],
        at: float,
    ) -> None:
        self.files = files
        self.matching = matching
        self.at = at
        self.coverage = Coverage()
        self.goes_on = False
        self.listed = 0
        self._seen = seen

    def go_on(self, begun: Underway) -> None:
        """Begin where another scan has ended."""
        self.at, self.listed, self.goes_on = begun.at, begun.listed, True
        self.coverage = Coverage(begun.folders, begun.gone, hides=begun.hides)

    def underway(self, mirror: Mirror) -> Underway:
        """Return how far the scan of a mirror has come."""
        return Underway(
            url=mirror.url,
            lineage=self.files.about.lineage,
            prefixes=mirror.prefixes,
            at=self.at,
            listed=self.listed,
            folders=self.coverage.folders,
            gone=tuple(self.coverage.gone),
            hides=self.coverage.hides,
            told=self.matching.told,
        )

    @property
    def is_covered(self) -> bool:
        """Whether anything is known for sure."""
        return bool(self.coverage.folders or self.coverage.gone)

    def take(self, file: ListedFile) -> None:
        """Take one file that the mirror lists."""
        self.listed += 1
        self.matching.put(file)
        self._seen(file)


def _projects(files: FileIndex) -> tuple[str, ...]:
    root = files.folder("")
    return root.folders[:_MOST_PROJECTS] if root else ()
