"""The pause before a checker works that keeps failing before it has done anything.

httpd starts a service again within a second of its end; without a pause, a
checker that dies at each start would probe without end.
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from mirrorsel.errors import StateError
from mirrorsel.state.files import read_state, write_atomic
from mirrorsel.state.formats import decode

_FORMAT = 1
_LONGEST = 60.0
_MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    format: int
    unfinished: int


class Starts:
    """The count of starts since a cycle was last finished.

    Args:
        path: The file that outlives the process.

    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def unfinished(self) -> int:
        """How often it began since a cycle was last finished, counted up to 10."""
        try:
            file = decode(self._path, read_state(self._path), _File, _FORMAT)
        except StateError:
            return 0
        return min(max(file.unfinished, 0), _MOST)

    @property
    def pause(self) -> float:
        """Seconds to wait before the work begins: 0 after a success, at most 60."""
        unfinished = self.unfinished
        return min(2.0 ** (unfinished - 1), _LONGEST) if unfinished else 0.0

    def begin(self) -> None:
        """Count one more start.

        Raises:
            StateError: the count cannot be kept.

        """
        self._write(self.unfinished + 1)

    def succeed(self) -> None:
        """Count from nothing again: a cycle was finished, or we were told to end.

        Raises:
            StateError: the count cannot be kept.

        """
        if self.unfinished:
            self._write(0)

    def _write(self, count: int) -> None:
        file = _File(format=_FORMAT, unfinished=count)
        write_atomic(self._path, msgspec.json.encode(file))
