"""The report of how the index stands, while rounds go on."""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from mirrorsel.errors import MirrorselError, StateError
from mirrorsel.indexing.clocks import Clocks
from mirrorsel.indexing.crosscheck import Checked
from mirrorsel.indexing.outcome import RoundOutcome
from mirrorsel.indexing.progress import Phase, Progress
from mirrorsel.indexing.standing import IndexStanding, read_standing, write_standing

_EVERY = 5.0


class Reporter:
    """Keeps a file up to date; what cannot be written is left, as others tell of it.

    Args:
        path: The file.
        root: Of what the index is; what the file says of another is forgotten.
        tell: Told of all progress, for whoever watches.
        clocks: What tells the time.

    """

    def __init__(
        self, path: Path, root: str, tell: Callable[[Progress], None], clocks: Clocks
    ) -> None:
        self._path = path
        self._tell = tell
        self._clocks = clocks
        self._written = clocks.steady()
        self._reads = False
        self._standing = self._last(root)

    def progress(self, progress: Progress) -> None:
        """Report how far the round under way has come, every few seconds."""
        self._tell(progress)
        now = self._clocks.steady()
        begins = progress.phase is Phase.READ and not self._reads
        if begins or now - self._written >= _EVERY:
            self._reads = progress.phase is Phase.READ
            self._written = now
            self._write(replace(self._standing, progress=progress))

    def finish(
        self, outcome: RoundOutcome, checked: Checked, seconds: float
    ) -> IndexStanding:
        """Report what a round has found; return how the index stands."""
        return self._write(
            replace(
                self._standing,
                problem="",
                ended=self._now(),
                seconds=round(seconds, 3),
                files=outcome.files,
                bytes=outcome.bytes,
                read_files=outcome.read_files,
                read_bytes=outcome.read_bytes,
                gone=outcome.gone,
                lost=datetime.fromtimestamp(outcome.lost, UTC)
                if outcome.lost
                else None,
                confirmed=checked.confirmed,
                disputed=checked.disputed,
                disputed_files=checked.examples,
                left_out=dict(outcome.omissions.counts),
                examples=tuple(outcome.omissions.examples),
            )
        )

    def fail(self, error: MirrorselError) -> IndexStanding:
        """Report why a round has failed; what the last whole one found stays."""
        return self._write(replace(self._standing, problem=str(error)))

    def _write(self, standing: IndexStanding) -> IndexStanding:
        now = replace(standing, at=self._now())
        with contextlib.suppress(StateError):
            write_standing(self._path, now)
        self._reads = now.progress is not None and self._reads
        # The next round begins without progress.
        self._standing = replace(now, progress=None)
        return now

    def _last(self, root: str) -> IndexStanding:
        with contextlib.suppress(StateError):
            standing = read_standing(self._path)
            if standing.root == root:
                return replace(standing, progress=None)
        return IndexStanding(root=root, at=self._now())

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clocks.wall(), UTC)
