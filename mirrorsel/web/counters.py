"""What all processes together have counted."""

import logging
import threading
import time
from collections.abc import Callable, Container, Mapping
from pathlib import Path

from mirrorsel.web.slot import SLOTS, Slot, claim, sums
from mirrorsel.web.tally import SELECTIONS, Key, Tally

_log = logging.getLogger("mirrorsel.web")

_SHARES_LAST = 10.0
_ALONE = "until a restart this process counts for itself"


class Counters:
    """Counts into the file of this process, and reads those of all.

    Where the folder cannot be used, the process counts for itself, and says so.
    Any thread may call any method.
    """

    tally: Tally
    """Takes notes of requests."""

    def __init__(
        self,
        folder: Path | None,
        countries: Container[str],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the folder that processes share, None for none, and the countries."""
        self.tally = Tally(countries)
        self._folder = folder
        self._clock = clock
        self._lock = threading.Lock()
        self._own: dict[Key, float] = {}
        self._shares: tuple[float, Mapping[str, float]] | None = None
        self._slot = self._claim(folder) if folder else None

    @property
    def shared(self) -> bool:
        """Whether what this process counts is seen by all."""
        return self._slot is not None

    def flush(self) -> None:
        """Count what was noted since the last call."""
        with self._lock:
            found = self.tally.take()
            if self._slot:
                self._slot.add(found)
                return
            for key, more in found.items():
                self._own[key] = self._own.get(key, 0.0) + more

    def sums(self) -> Mapping[Key, float]:
        """Return what was counted up to now, by other processes up to a second ago."""
        self.flush()
        if self._slot and self._folder:
            return sums(self._folder)
        with self._lock:
            return dict(self._own)

    def shares(self) -> Mapping[str, float]:
        """Return the share of all selections that each mirror has, by its URL.

        It is computed anew every ten seconds.
        """
        now, last = self._clock(), self._shares
        if last is None or now - last[0] >= _SHARES_LAST:
            last = self._shares = now, _shares(self.sums())
        return last[1]

    def close(self) -> None:
        """Count for the last time, and leave the file to the next process."""
        self.flush()
        with self._lock:
            slot, self._slot = self._slot, None
            if slot:
                slot.close()

    def _claim(self, folder: Path) -> Slot | None:
        try:
            slot = claim(folder)
        except OSError as error:
            _log.warning("%s: cannot count there: %s; %s", folder, error, _ALONE)
            return None
        if slot is None:
            message = "%s: %d processes count there already; %s"
            _log.warning(message, folder, SLOTS, _ALONE)
        elif slot.damaged:
            _log.warning("%s: a damaged file of counts begins anew", folder)
        return slot


def _shares(found: Mapping[Key, float]) -> Mapping[str, float]:
    counts: dict[str, float] = {}
    for (kind, *labels), count in found.items():
        if kind == SELECTIONS:
            counts[labels[0]] = counts.get(labels[0], 0.0) + count
    total = sum(counts.values())
    return {url: count / total for url, count in counts.items() if total}
