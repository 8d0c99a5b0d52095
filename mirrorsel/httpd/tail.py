"""The new lines of a growing log."""

from pathlib import Path


class Tail:
    """Reads what is added to a log after this object was made."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = self._size()
        self._rest = b""

    def read(self) -> tuple[str, ...]:
        """Return the lines that were completed since the last call.

        A log that has shrunk was begun anew and is read from its start.
        """
        size = self._size()
        if size < self._offset:
            self._offset, self._rest = 0, b""
        if size == self._offset:
            return ()
        with self._path.open("rb") as log:
            log.seek(self._offset)
            added = log.read(size - self._offset)
        self._offset += len(added)
        *lines, self._rest = (self._rest + added).split(b"\n")
        return tuple(line.decode(errors="backslashreplace") for line in lines)

    def _size(self) -> int:
        return self._path.stat().st_size if self._path.exists() else 0
