"""What the state folder and the processes show, moment by moment."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mirrorsel.errors import StateError
from mirrorsel.state import StateFolder
from mirrorsel.state.holders import read_holders
from mirrorsel.tree import FileIndex, Holders
from tests.soak.files.record import Record
from tests.threads import beside

_EVERY = 0.1
_COUNTED_EVERY = 1.0


class Watch:
    """Notes each edition of the index, each scan, and what processes take.

    Args:
        state: The checker's.
        pid: The first of the processes.

    """

    def __init__(self, state: StateFolder, pid: int) -> None:
        self.editions = Record()
        self.made: set[int] = set()
        """When each edition was made."""
        self.usage: dict[int, list[tuple[float, int]]] = defaultdict(list)
        """Of each process, MiB and descriptors, once a second."""
        self._state = state
        self._pid = pid
        self._scans: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self._counted = 0.0

    def scanned(self, url: str, at: float) -> float | None:
        """Return when the scan began by which a mirror was known at a moment."""
        known = [began for seen, began in list(self._scans[url]) if seen <= at]
        return known[-1] if known else None

    @property
    def scans(self) -> int:
        """How many whole scans there were."""
        return sum(len(one) for one in list(self._scans.values()))

    def look(self) -> None:
        """Take note of what there is."""
        now = time.time()
        with suppress(StateError):
            files = FileIndex(self._state.files)
            if files.about.made not in self.made or now - self._counted > _EVERY:
                sizes = {one.path: one.size or 0 for one in files.files()}
                self.editions.put(now, sizes)
                self.made.add(files.about.made)
            files.close()
        with suppress(StateError):
            for url, began in read_holders(self._state.holders).scanned.items():
                past = self._scans[url]
                if not past or past[-1][1] != began:
                    past.append((now, began))
        if now - self._counted >= _COUNTED_EVERY:
            self._counted = now
            self._count()

    def holders(self) -> Holders:
        """Return who holds what."""
        return read_holders(self._state.holders)

    def _count(self) -> None:
        for pid in (self._pid, *descendants(self._pid)):
            process = Path("/proc", str(pid))
            with suppress(OSError, StopIteration):
                lines = (process / "status").read_text().splitlines()
                resident = next(one for one in lines if one.startswith("VmRSS:"))
                opened = len(list((process / "fd").iterdir()))
                self.usage[pid].append((int(resident.split()[1]) / 1024, opened))


@contextmanager
def watching(state: StateFolder, pid: int) -> Iterator[Watch]:
    """Watch until the context is left."""
    watch, stop = Watch(state, pid), threading.Event()

    def follow() -> None:
        while not stop.wait(_EVERY):
            watch.look()

    with beside(follow, end=stop.set):
        yield watch


def descendants(pid: int) -> set[int]:
    """Return all processes below one."""
    found: set[int] = set()
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in task.read_text().split():
                found |= {int(child), *descendants(int(child))}
    return found
