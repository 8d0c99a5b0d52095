"""A database of SQLite whose writer is not trusted."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mirrorsel.regular import open_regular
from mirrorsel.tree.schema import TABLES

_LARGEST = 2**36
# Bytes of one value: the longest are paths, and the hashes of 2,000 pieces.
_LONGEST_VALUE = 2**20
_MOST_ROWS = 5_000_000
_SECONDS = 20.0
# Steps of SQLite's machine between two looks at the clock.
_ASKED_EVERY = 100_000
_KINDS = ("table", "index")


class Reader:
    """A connection that only reads, which any number of threads may use.

    The file may be of anybody's making: it is an ordinary one, has the very tables of
    an index and no views, which could be programs without end, and no answer takes
    more than its share of time and memory.

    Args:
        path: The file.
        clock: Seconds that only go forward.

    Raises:
        OSError: it is missing, unreadable, no ordinary file, or a link to the file of
            another owner.
        sqlite3.Error: it is damaged.
        ValueError: it is no index.

    """

    def __init__(
        self, path: Path, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        open_regular(path, largest=_LARGEST, follow=False).close()
        self._clock = clock
        self._end = clock() + _SECONDS
        place = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(
            place, uri=True, check_same_thread=False, isolation_level=None
        )
        try:
            self._guard()
        except BaseException:
            self._connection.close()
            raise

    def rows(self, query: str, *values: object) -> list[Any]:
        """Return all rows of an answer.

        Raises:
            sqlite3.Error: the file is damaged.
            ValueError: there are too many.

        """
        self._end = self._clock() + _SECONDS
        found = self._connection.execute(query, values).fetchmany(_MOST_ROWS + 1)
        if len(found) > _MOST_ROWS:
            raise ValueError(f"more than {_MOST_ROWS} rows")
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _guard(self) -> None:
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        self._connection.set_progress_handler(self._is_late, _ASKED_EVERY)
        # A hostile file shall run no function and mend nothing.
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        for kind, sql in self.rows("SELECT type, sql FROM sqlite_schema"):
            if kind not in _KINDS or (kind == "table" and not _is_ours(sql)):
                raise ValueError("other tables than those of an index")

    def _is_late(self) -> bool:
        return self._clock() > self._end


def _is_ours(sql: str) -> bool:
    """Return whether a table is one of an index, or SQLite's own for its numbers."""
    return f"{sql};" in TABLES or sql == "CREATE TABLE sqlite_sequence(name,seq)"
