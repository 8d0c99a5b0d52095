"""What of a folder is new, changed or gone since it was last looked at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mirrorsel.indexing.due import Due
from mirrorsel.indexing.progress import Phase, Progress
from mirrorsel.indexing.store import Store
from mirrorsel.indexing.walk import Visited
from mirrorsel.model import joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """What was found."""

    files: int
    """All that are there now."""
    bytes: int
    due_files: int
    due_bytes: int
    gone: int


class Survey:
    """Holds what a walk sees against the store.

    Args:
        store: What was known before; nothing of it is changed.
        due: Takes what there is to do.
        tell: Told after each folder how far it has come.

    """

    def __init__(
        self, store: Store, due: Due, tell: Callable[[Progress], None]
    ) -> None:
        self._store = store
        self._due = due
        self._tell = tell
        self._files = self._bytes = 0
        self._due_files = self._due_bytes = 0

    def run(self, walk: Iterable[Visited]) -> Surveyed:
        """Look at the whole tree.

        Raises:
            OSError: its root cannot be listed.

        """
        for visited in walk:
            if visited.files is None:
                self._due.visit_all(visited.path)
            else:
                self._look(visited)
            self._tell(Progress(phase=Phase.LOOK, files=self._files, bytes=self._bytes))
        return Surveyed(
            files=self._files,
            bytes=self._bytes,
            due_files=self._due_files,
            due_bytes=self._due_bytes,
            gone=self._due.miss_unvisited(),
        )

    def _look(self, visited: Visited) -> None:
        folder = self._store.folder(visited.path)
        known = {} if folder is None else self._store.known(folder)
        for one in visited.files or ():
            self._files += 1
            self._bytes += one.size
            before = known.pop(one.name, None)
            if before and (before.size, before.sign) == (one.size, one.sign):
                continue
            self._due_files += 1
            self._due_bytes += one.size
            self._due.add(joined(visited.path, one.name), one.size, one.sign)
        if folder is not None:
            self._due.visit(folder)
        for gone in known.values():
            self._due.miss(gone.number)
