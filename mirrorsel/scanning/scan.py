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
from mirrorsel.net.pace import Pace, StopError
from mirrorsel.net.reach import Reach
from mirrorsel.net.tree_walk import Unlisted
from mirrorsel.scanning.look import limits_for
from mirrorsel.scanning.matching import Matched, Matching
from mirrorsel.tree import FileIndex

_TRIES = 3
_PAUSE = 10.0
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
        at, run = self.now(), _Run(mirror, files, before, seen)
        prefixes = tuple(one.rstrip("/") for one in mirror.prefixes) or ("",)
        unlisted = self._list(mirror, prefixes, run)
        if not run.is_covered and prefixes == ("",):
            # Some have a page of their own at the root, and lists below.
            unlisted += self._list(mirror, _projects(files), run)
        if not run.is_covered:
            first = unlisted[0] if unlisted else None
            outcome = first.outcome if first else Outcome.PROTOCOL
            detail = first.detail if first else "nothing was listed"
            raise UnscannableError(outcome, detail)
        return Scan(
            url=mirror.url,
            at=at,
            matched=run.matching.match(run.coverage),
            folders=len(run.coverage.folders),
            listed=run.listed,
            unlisted=unlisted,
        )

    def _list(
        self, mirror: Mirror, prefixes: tuple[str, ...], run: "_Run"
    ) -> tuple[Unlisted, ...]:
        """List until all was listed, going on where it broke off."""
        lister = Lister(
            limits=limits_for(mirror, self.limits),
            reach=self.reach,
            pace=lambda reach: _Turns(reach, self.stop),
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
        mirror: Mirror,
        files: FileIndex,
        before: bytes | None,
        seen: Callable[[ListedFile], None],
    ) -> None:
        self.files = files
        self.coverage = Coverage()
        self.matching = Matching(files, mirror.prefixes, before)
        self.listed = 0
        self._seen = seen

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


class _Turns(Pace):
    """The turns of a listing that ends when it is told to."""

    def __init__(self, reach: Reach, stop: threading.Event) -> None:
        super().__init__(reach, sleep=stop.wait)
        self._stop = stop

    def turn(self) -> None:
        """Wait until the next request may be sent."""
        self._check()
        super().turn()
        self._check()

    def count(self, entries: int = 1) -> None:
        """Take note of entries that were read."""
        self._check()
        super().count(entries)

    def _check(self) -> None:
        if self._stop.is_set():
            raise StopError(Outcome.DEADLINE, "ended before it was done")
