"""The thread that keeps the index of published files."""

import logging
import threading
from collections.abc import Callable

from mirrorsel.checker.supervisor import Supervisor
from mirrorsel.config import Settings
from mirrorsel.errors import MirrorselError
from mirrorsel.indexing import Ended, Indexer, Pace, Telling, Wanted
from mirrorsel.indexing.clocks import Clocks
from mirrorsel.priority import give_way
from mirrorsel.state import StateFolder

_log = logging.getLogger(__name__)

# At the most, of one core and of what a disk gives to one reader.
_SHARE = 0.5
_STEP = 1.0
_RETRY = 60.0
_END = 2.0


def _nothing(settings: Settings) -> None:
    """Do nothing after a round."""


class IndexKeeper:
    """Does rounds of indexing in a thread of its own, as the settings ask.

    Whatever goes wrong there is logged and tried again; nobody waits for it.

    Args:
        settings: Gives the settings in force; None where there are none.
        state: Where the index is kept, by this process alone.
        after: Called in that thread after each round that went well.
        step: Seconds between two looks at the settings.
        clocks: What tells the time.

    """

    def __init__(
        self,
        settings: Callable[[], Settings | None],
        state: StateFolder,
        *,
        after: Callable[[Settings], None] = _nothing,
        step: float = _STEP,
        clocks: Clocks | None = None,
    ) -> None:
        self._settings = settings
        self._state = state
        self._after = after
        self._step = step
        self._clocks = clocks or Clocks()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._telling = Telling()
        self._indexer: Indexer | None = None
        self._wanted: Wanted | None = None
        self._due = 0.0
        self._period = 0.0

    def start(self) -> None:
        """Begin, unless it has begun."""
        if self._thread is None:
            run = threading.Thread(target=self._run, name="indexer", daemon=True)
            self._thread = run
            run.start()

    def end(self) -> None:
        """End the round under way, which goes on where it was at the next start."""
        self._stop.set()
        if self._thread is not None:
            # A moment suffices unless a disk hangs, which must hold up nothing.
            self._thread.join(_END)

    def _run(self) -> None:
        give_way(disks=True)
        supervisor = Supervisor("the indexer")
        while not self._stop.is_set():
            try:
                supervisor.call(self._tick)
            except Ended:
                self._drop()
            if supervisor.pause:
                # Who knows what a defect has left half done.
                self._drop()
            self._stop.wait(max(self._step, supervisor.pause))
        self._drop()

    def _tick(self) -> bool:
        """Do a round if one is due; return whether it was done."""
        settings = self._settings()
        wanted = Wanted.of(settings) if settings else None
        if wanted != self._wanted:
            self._change(wanted)
        if settings is None or wanted is None:
            return False
        period = settings.tree.index_period
        if period != self._period:
            # One that was made shorter counts at once, as every setting does.
            self._due = min(self._due, self._clocks.steady() + period)
            self._period = period
        if self._clocks.steady() < self._due:
            return self._wait()
        # After a defect or a failure too, so that it is not met again at once.
        self._due = self._clocks.steady() + min(_RETRY, period)
        try:
            good = self._round(settings)
        except MirrorselError as error:
            self._telling.fail(str(error))
            self._drop()
            return False
        if good is None:
            return False
        self._due = self._clocks.steady() + good
        self._after(settings)
        return True

    def _wait(self) -> bool:
        """Do what is left of the last round; return that no round was done."""
        if self._indexer is not None:
            try:
                self._indexer.catch_up()
            except MirrorselError as error:
                self._telling.fail(str(error))
                self._drop()
        return False

    def _round(self, settings: Settings) -> float | None:
        """Do a round; return the seconds to the next, None if it failed."""
        indexer = self._indexer
        if indexer is None:
            pace = Pace(self._stop, share=_SHARE, obsolete=self._is_obsolete)
            indexer = Indexer(settings, self._state, pace, clocks=self._clocks)
            self._indexer = indexer
        standing = indexer.round(settings)
        self._telling.tell(standing)
        if standing.problem:
            # What is wrong with the database may be mended by opening it anew.
            self._drop()
            return None
        return indexer.pause(settings, standing)

    def _is_obsolete(self) -> bool:
        settings = self._settings()
        return settings is not None and Wanted.of(settings) != self._wanted

    def _change(self, wanted: Wanted | None) -> None:
        self._drop()
        if wanted is not None:
            _log.info("the index of published files is made of %s", wanted.root)
        elif self._wanted is not None:
            _log.info("the index of published files is not kept any more")
        self._wanted, self._due = wanted, 0.0

    def _drop(self) -> None:
        indexer, self._indexer = self._indexer, None
        if indexer is not None:
            indexer.close()
