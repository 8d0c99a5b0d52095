"""What there was at each path, at any moment."""

import threading
from collections.abc import Mapping


class Record:
    """The sizes of files over time; any number of threads may read and write."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._past: dict[str, list[tuple[float, int | None]]] = {}

    def put(self, at: float, sizes: Mapping[str, int]) -> None:
        """Note all files that there are from a moment on."""
        with self._lock:
            for path in self._past.keys() | sizes.keys():
                past, now = self._past.setdefault(path, []), sizes.get(path)
                if (past[-1][1] if past else None) != now:
                    past.append((at, now))

    def sizes(self, path: str, start: float, end: float) -> frozenset[int | None]:
        """Return the sizes that a path had in a span of time; None for no file."""
        with self._lock:
            past = list(self._past.get(path, ()))
        before = [size for at, size in past if at <= start]
        within = [size for at, size in past if start < at <= end]
        return frozenset([before[-1] if before else None, *within])

    @property
    def paths(self) -> list[str]:
        """All paths at which there ever was a file."""
        with self._lock:
            return list(self._past)

    @property
    def present(self) -> list[str]:
        """The paths at which there is one now."""
        with self._lock:
            return [path for path, past in self._past.items() if past[-1][1]]
