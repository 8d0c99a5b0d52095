"""One round of indexing in the foreground."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Event

from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.table import Column

from mirrorsel.cli.layout import make_console
from mirrorsel.config import Settings
from mirrorsel.errors import Problem, StateError
from mirrorsel.indexing import Indexer, IndexStanding, Pace, Phase
from mirrorsel.indexing import Progress as Reached
from mirrorsel.state import Lock, StateFolder

# Between two looks of a person.
_EVERY = 0.1
# Columns of a terminal that has room for a bar besides the figures.
_ROOM = 90


def index_now(settings: Settings, state: StateFolder, *, accept: bool) -> IndexStanding:
    """Bring the index up to date, with progress where somebody watches.

    Raises:
        StateError: a checker keeps the index, or it cannot be written.

    """
    with _locked(state), _shown() as shown:
        pace = Pace(Event(), share=1.0)
        indexer = Indexer(settings, state, pace, at_once=True, tell=shown.tell)
        with closing(indexer):
            return indexer.round(settings, accept=accept)


@contextmanager
def _locked(state: StateFolder) -> Iterator[None]:
    try:
        state.path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"cannot be made: {error.strerror}"
        raise StateError(state.path, Problem(message=message)) from error
    with Lock(state.lock) as lock:
        if not lock.take():
            message = (
                "a checker writes here and keeps the index itself;"
                " `mirrorsel files index --status` says how it stands"
            )
            raise StateError(state.path, Problem(message=message))
        yield


class _Shown:
    """A bar for what a round does."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task: TaskID | None = None
        self._phase: Phase | None = None
        self._last = 0.0

    def tell(self, reached: Reached) -> None:
        """Show how far it has come, as often as a person can see."""
        now = time.monotonic()
        new = reached.phase is not self._phase
        if now - self._last < _EVERY and not new:
            return
        self._last = now
        looking = reached.phase is Phase.LOOK
        total = None if looking else reached.due_bytes
        if new:
            self._begin(reached.phase, total)
        if self._task is not None:
            files = (
                f"{reached.files:,} files"
                if looking
                else f"{reached.done_files:,} of {reached.due_files:,} files"
            )
            done = reached.bytes if looking else reached.done_bytes
            self._bar.update(self._task, completed=done, files=files)

    def _begin(self, phase: Phase, total: int | None) -> None:
        if self._task is not None:
            self._bar.remove_task(self._task)
        words = "Looking at" if phase is Phase.LOOK else "Reading"
        self._task = self._bar.add_task(words, total=total, files="")
        self._phase = phase


@contextmanager
def _shown() -> Iterator[_Shown]:
    console = make_console(stderr=True)
    whole = Column(no_wrap=True)
    columns = (
        TextColumn("{task.description} {task.fields[files]}", table_column=whole),
        *([BarColumn(bar_width=20)] if console.width >= _ROOM else []),
        DownloadColumn(table_column=whole),
        TransferSpeedColumn(table_column=whole),
        TimeRemainingColumn(table_column=whole, compact=True),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        yield _Shown(bar)
