"""The thread that scans mirrors, beside the checker and never in its way."""

import logging
import threading
from collections.abc import Callable

from mirrorsel.caught import Caught
from mirrorsel.priority import give_way
from mirrorsel.scanning.view import View
from mirrorsel.scanning.work import Work
from mirrorsel.state import StateFolder

_log = logging.getLogger(__name__)

_STEP = 1.0
_AFTER_A_DEFECT = 60.0


class Scans:
    """Scans mirrors in a daemon thread, for which nothing waits at the end.

    The thread starts when mirrors are to be scanned.

    Args:
        folder: The state folder, which nobody else writes meanwhile.
        step: Seconds between two looks at what is to be done.

    """

    def __init__(self, folder: StateFolder, *, step: float = _STEP) -> None:
        self._folder = folder
        self._step = step
        self._stop = threading.Event()
        self._view: View | None = None
        self._thread: threading.Thread | None = None

    def heed(self, view: View) -> None:
        """Go by this from now on; it neither waits nor fails."""
        self._view = view
        if self._thread is None and view.is_on and not self._stop.is_set():
            self._start()

    def close(self, seconds: float = 0.0) -> None:
        """End all scans, waiting a moment for the thread."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(seconds)

    def _start(self) -> None:
        thread = threading.Thread(
            target=self._live, name="mirrorsel-scans", daemon=True
        )
        with Caught(RuntimeError) as caught:
            thread.start()
        if caught.error is None:
            # Otherwise the machine has no thread to give; the next time asks again.
            self._thread = thread

    def _live(self) -> None:
        give_way()
        work = Work(self._folder, self._stop)
        told = ""
        while not self._stop.is_set():
            with Caught(Exception) as caught:
                self._do(work.step)
            if caught.error is not None and repr(caught.error) != told:
                told = repr(caught.error)
                _log.error("scans have a defect", exc_info=caught.error)
            self._stop.wait(_AFTER_A_DEFECT if caught.error else self._step)

    def _do(self, step: Callable[[View], None]) -> None:
        if self._view is not None:
            step(self._view)
