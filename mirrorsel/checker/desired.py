"""The mirrors that the operator wants probed, also while the list is broken."""

import logging
import time
from collections.abc import Callable
from pathlib import Path

from mirrorsel.checker.records import Records
from mirrorsel.lists import require_loaded, stand_in
from mirrorsel.model import MirrorList
from mirrorsel.state import SETTLE, Watched

_log = logging.getLogger(__name__)


class Desired:
    """The list of mirrors in force.

    It is the file's, if that is good, else the last good one, also across a
    restart. Where there never was a good one, it is the good lines of the file.

    Args:
        path: The list.
        last_good: The copy of the last good one.
        records: Where such a copy is kept.
        clock: Seconds that only go forward.

    """

    mirrors: MirrorList
    """The list in force."""

    def __init__(
        self,
        path: Path,
        last_good: Path,
        records: Records,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._records = records
        self._file = Watched(path, require_loaded, settle=SETTLE, clock=clock)
        if self._file.value is None:
            self.mirrors = stand_in(path, last_good).mirrors
        self._take_up()

    def poll(self) -> None:
        """Look whether the file has changed, and take up what is good."""
        before = len(self.mirrors.mirrors)
        if not self._file.poll():
            return
        self._take_up()
        if self._file.error is None:
            now = len(self.mirrors.mirrors)
            loss = now < before / 2
            level = logging.ERROR if loss else logging.INFO
            note = ": more than half is gone; was that meant?" if loss else ""
            _log.log(level, "%s%s", _sizes(before, now), note)

    def _take_up(self) -> None:
        good = self._file.value
        if self._file.error is not None or good is None:
            _log.error("%s\nthe list in force stays as it was", self._file.error)
            return
        self.mirrors = good.list
        self._records.keep_list(good.text.encode())


def _sizes(before: int, now: int) -> str:
    mirrors = "1 mirror" if now == 1 else f"{now} mirrors"
    if now == before:
        return f"the list was read again and has {mirrors}, as before"
    return f"the list has {mirrors}, had {before}"
