"""One round of indexing of a folder."""

import math
from dataclasses import replace
from pathlib import Path

from mirrorsel.errors import IndexingError
from mirrorsel.indexing.due import Due
from mirrorsel.indexing.hashing import Hasher
from mirrorsel.indexing.intake import Intake
from mirrorsel.indexing.loss import loss
from mirrorsel.indexing.means import Means
from mirrorsel.indexing.omission import Omissions
from mirrorsel.indexing.outcome import RoundOutcome
from mirrorsel.indexing.progress import Phase, Progress
from mirrorsel.indexing.root import Root
from mirrorsel.indexing.stand import Stand
from mirrorsel.indexing.survey import Survey, Surveyed
from mirrorsel.indexing.walk import Walk

_COMMIT = 2.0
# Small files are read in any round, as there is an end to them.
_LARGE = 2**24


class FolderRound:
    """Brings the store up to date with a folder.

    Args:
        folder: The root of the tree.
        pieces_from: The size from which files get hashes of their pieces.
        means: What it works with.
        accept: Whether it is believed at once that most files are gone.
        seconds: After how long no further large file is begun, so that what is new
            by then need not wait for days; the next round goes on.

    """

    def __init__(
        self,
        folder: Path,
        pieces_from: int,
        means: Means,
        *,
        accept: bool = False,
        seconds: float = math.inf,
    ) -> None:
        self._folder = folder
        self._pieces_from = pieces_from
        self._means = means
        self._store = means.store
        self._stand = Stand(self._store.database)
        self._accept = accept
        self._seconds = seconds
        self._omissions = Omissions()
        self._progress = Progress(phase=Phase.LOOK)
        self._done_files = self._done_bytes = 0
        self._committed = means.clocks.steady()

    def run(self) -> RoundOutcome:
        """Look at all files, and take in those that are new or changed.

        Raises:
            IndexingError: the folder cannot be listed.
            StateError: the store cannot be written.

        """
        try:
            with Root(self._folder) as root:
                return self._run(root)
        except OSError as error:
            message = f"{self._folder}: the published tree cannot be read"
            raise IndexingError(f"{message}: {error.strerror}") from error

    def _run(self, root: Root) -> RoundOutcome:
        means, due = self._means, Due(self._store.database)
        walk = Walk(root, self._omissions, means.pace.step)
        surveyed = Survey(self._store, due, means.tell).run(walk)
        hasher = Hasher(self._pieces_from, self._moved)
        intake = Intake(
            self._store, root, self._omissions, hasher, wall=means.clocks.wall
        )
        now = int(means.clocks.wall())
        seen, gone = surveyed.files, surveyed.gone
        lost = loss(self._stand, seen, gone, now, accept=self._accept)
        if not lost:
            self._forget(due, intake, surveyed)
        left = self._take(due, intake, surveyed)
        if not left:
            self._stand.completed()
        self._store.commit()
        return RoundOutcome(
            left=left,
            files=surveyed.files,
            bytes=surveyed.bytes,
            read_files=surveyed.due_files,
            read_bytes=surveyed.due_bytes,
            gone=surveyed.gone,
            lost=lost,
            omissions=self._omissions,
        )

    def _forget(self, due: Due, intake: Intake, surveyed: Surveyed) -> None:
        """Let go of what is not there any more, after its new names have adopted it."""
        if not surveyed.gone:
            return
        for one in due.files():
            intake.adopt(one.path, one.size, one.sign)
            self._means.pace.step()
        for numbers in due.gone():
            self._store.forget(*numbers)
            self._means.pace.step()
        self._store.forget_empty_folders()
        self._store.commit()

    def _take(self, due: Due, intake: Intake, surveyed: Surveyed) -> int:
        """Take in what is due; return how many files are left for the next round."""
        self._progress = Progress(
            phase=Phase.READ,
            files=surveyed.files,
            bytes=surveyed.bytes,
            due_files=surveyed.due_files,
            due_bytes=surveyed.due_bytes,
        )
        large, end = 0, self._end()
        for one in due.files():
            large += one.size >= _LARGE
            # One at least, so that all have their turn.
            if large > 1 and self._means.clocks.steady() >= end:
                return surveyed.due_files - self._done_files
            start = self._done_bytes
            intake.take(one.path)
            self._done_files += 1
            # One that was adopted, left out or read twice counts as it was seen.
            self._done_bytes = start
            self._moved(one.size)
            self._keep()
        return 0

    def _end(self) -> float:
        """Return when no large file is begun any more; the first round has no end."""
        if not self._stand.complete:
            return math.inf
        return self._means.clocks.steady() + self._seconds

    def _moved(self, count: int) -> None:
        # Of a file that is read twice more passes by than was seen.
        self._done_bytes = min(self._done_bytes + count, self._progress.due_bytes)
        done = replace(
            self._progress, done_files=self._done_files, done_bytes=self._done_bytes
        )
        self._means.tell(done)
        self._means.pace.step()

    def _keep(self) -> None:
        """Make what was done outlive a crash, every few seconds."""
        now = self._means.clocks.steady()
        if now - self._committed >= _COMMIT:
            self._committed = now
            self._store.commit()
            self._means.publisher.within()
