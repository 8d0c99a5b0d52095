"""All that scans do, a small step at a time."""

import logging
import threading
import time
from collections.abc import Callable

from mirrorsel.scanning.ledger import Ledger
from mirrorsel.scanning.newcomers import Newcomers
from mirrorsel.scanning.unfinished import Unfinished
from mirrorsel.scanning.view import View
from mirrorsel.scanning.whole import WholeScans
from mirrorsel.state import StateFolder, Watched
from mirrorsel.tree import FileIndex

_log = logging.getLogger(__name__)


class Work:
    """The scans of all mirrors and the search for new files.

    Args:
        folder: The state folder, which nobody else writes meanwhile.
        stop: Ends all that is under way.
        now: Seconds of Unix time.

    """

    def __init__(
        self,
        folder: StateFolder,
        stop: threading.Event,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._ledger = Ledger(folder)
        self._files = Watched(folder.files, FileIndex, settle=0)
        self._unfinished = Unfinished(folder.underway, now)
        self._whole = WholeScans(self._ledger, self._unfinished, stop, now)
        self._newcomers = Newcomers(self._ledger, self._whole.ask_for, stop, now)

    def step(self, view: View) -> None:
        """Take up what has ended, start what is due, and write what is new."""
        self._files.poll()
        self._whole.take_ends()
        self._newcomers.take_ends()
        files = self._files.value
        if not view.is_on or files is None:
            return
        self._ledger.begin(files.about.lineage)
        self._heed(view)
        self._newcomers.start(view, files)
        self._whole.start(view, files)
        self._ledger.save()

    def _heed(self, view: View) -> None:
        """Forget who left the list, and let who is down wait for a scan."""
        ledger, mirrors = self._ledger, view.by_url
        ledger.forget_all_but(mirrors.keys())
        self._unfinished.only(mirrors.keys())
        out = {url for url, one in mirrors.items() if view.is_out(one)}
        # Such a mirror may have lost what a scan under way has seen.
        self._whole.make_void(out)
        before = ledger.holders
        ledger.holders = before.with_waiting(out)
        for url in sorted(ledger.holders.waiting - before.waiting):
            _log.info("%s is out; it is scanned anew before it serves again", url)
