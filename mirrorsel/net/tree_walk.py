"""The walk through a mirror's folders, one after the other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from mirrorsel.errors import FetchError
from mirrorsel.listing import Coverage, Entry, ListedFile
from mirrorsel.model import Outcome, joined
from mirrorsel.net.broken_off import BrokenOffError
from mirrorsel.net.pace import Pace, StopError
from mirrorsel.net.statuses import BUSY, NOT_THERE

_PATIENCE = 3
# A refusal of HTTP, and that of FTP.
_OF_FOLDER = frozenset({*range(400, 418), 426, 450, 451, 550, 553})
_OUTCOMES_OF_FOLDER = frozenset(
    {Outcome.PROTOCOL, Outcome.REDIRECTED, Outcome.ENCODED, Outcome.TOO_LARGE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlisted:
    """A folder that could not be listed, and why."""

    folder: str
    outcome: Outcome
    detail: str
    """For a person; may contain text that the mirror sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of a mirror, and who is told of it."""

    seen: Callable[[ListedFile], None]
    """Is told of each file, in any order: once by HTTP and FTP, and by rsync again
    after a failure."""
    coverage: Coverage
    """Takes the folders that were listed as a whole, and so tells what is not there."""
    prefixes: tuple[str, ...] = ("",)
    """The folders that are listed with all below them, each once; empty for the root.
    """
    folder: Callable[[str], bool] = lambda _: True
    """Whether a folder is of any interest, by its path."""


class Folders(Protocol):
    """What lists one folder."""

    hides: bool

    def read(self, folder: str) -> tuple[Entry, ...]:
        """Return what lies in a folder.

        Raises:
            FetchError: it cannot be listed.

        """
        ...


class TreeWalk:
    """Lists folders until all that are wanted were listed.

    What lies in a folder is told when all of it was read. A folder that cannot be
    listed is passed over; a server that fails again and again is given up.

    Args:
        folders: What lists one folder.
        wanted: What is wanted, and who is told.
        pace: What the listing may cost.

    """

    def __init__(self, folders: Folders, wanted: Wanted, pace: Pace) -> None:
        self._folders = folders
        self._wanted = wanted
        self._pace = pace
        self._failures = 0
        self._listed = 0
        self.unlisted: list[Unlisted] = []

    def run(self) -> None:
        """List all.

        Raises:
            FetchError: it cannot go on; what was covered stays so.

        """
        coverage = self._wanted.coverage
        for prefix in self._wanted.prefixes:
            waiting = coverage.open_below(prefix)
            while waiting:
                waiting += self._visit(waiting.pop(), prefix)

    def _visit(self, folder: str, prefix: str) -> Iterable[str]:
        """List one folder, and return those in it that come next."""
        if folder and folder.count("/") >= self._pace.reach.depth:
            detail = f"more than {self._pace.reach.depth} folders deep"
            self._pass_over(folder, FetchError(Outcome.TOO_LARGE, detail))
            return ()
        try:
            entries = self._folders.read(folder)
        except StopError:
            raise
        except FetchError as error:
            if error.status in NOT_THERE and folder == prefix and self._is_gone(folder):
                self._wanted.coverage.lose(folder)
            else:
                self._fail(folder, error)
            return ()
        self._failures = 0
        self._listed += 1
        return self._take(folder, entries)

    def _take(self, folder: str, entries: tuple[Entry, ...]) -> list[str]:
        self._pace.count(len(entries))
        below = []
        for entry in entries:
            path = joined(folder, entry.name)
            if (entry.folder or entry.link) and self._wanted.folder(path):
                below.append(entry.name)
            elif not entry.folder:
                self._wanted.seen(ListedFile.of(folder, entry))
        coverage = self._wanted.coverage
        coverage.hides = coverage.hides or self._folders.hides
        coverage.add(folder, below)
        return [joined(folder, name) for name in below]

    def _is_gone(self, folder: str) -> bool:
        """Return whether a folder that a server denies is not there for sure.

        Servers deny folders as well that they only do not list. So it is asked
        whether the folder above has it.
        """
        if not folder:
            return False
        above, _, name = folder.rpartition("/")
        try:
            entries = self._folders.read(above)
        except StopError:
            raise
        except FetchError as error:
            return error.status in NOT_THERE and self._is_gone(above)
        return all(entry.name != name for entry in entries)

    def _fail(self, folder: str, error: FetchError) -> None:
        if not _is_of_folder(error):
            self._failures += 1
            given_up = self._failures >= _PATIENCE or error.status in BUSY
            if given_up or not self._listed:
                raise error
        self._pass_over(folder, error)

    def _pass_over(self, folder: str, error: FetchError) -> None:
        outcome = Outcome(error.outcome)
        self.unlisted.append(
            Unlisted(folder=folder, outcome=outcome, detail=error.detail)
        )


def _is_of_folder(error: FetchError) -> bool:
    """Return whether a failure says something of a folder, not of the server."""
    if isinstance(error, BrokenOffError):
        return False
    if error.outcome == Outcome.STATUS:
        return error.status in _OF_FOLDER
    return error.outcome in _OUTCOMES_OF_FOLDER
