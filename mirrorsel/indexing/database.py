"""A database of one writer, whose failures are told as those of a state file."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from mirrorsel.errors import Problem, StateError

# For its owner alone: it is the checker's own, and readers get versions of it.
_MODE = 0o600
_BESIDE = ("", "-wal", "-shm", "-journal")
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
# Steps of SQLite's machine between two questions whether to go on.
_ASKED_EVERY = 50_000


class DamagedError(StateError):
    """A database was damaged, and is removed; the next opening begins anew."""


class Database:
    """A connection to a file, which is made when it is missing.

    What is written outlives a crash from the next `commit` on. A file that turns out
    to be damaged is removed, so that the next opening begins anew.

    Args:
        path: The file.
        stopped: Whether to give up what is being done; asked now and then.

    Raises:
        StateError: it cannot be opened.

    """

    def __init__(
        self, path: Path, *, stopped: Callable[[], bool] = lambda: False
    ) -> None:
        self.path = path
        try:
            flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            descriptor = os.open(path, flags, _MODE)
            os.fchmod(descriptor, _MODE)
            os.close(descriptor)
            self._connection = sqlite3.connect(path)
        except (sqlite3.Error, OSError) as error:
            raise failure(path, error) from error
        try:
            self._connection.set_progress_handler(stopped, _ASKED_EVERY)
            self.run("PRAGMA journal_mode = WAL")
            self.run("PRAGMA synchronous = NORMAL")
        except StateError:
            self._connection.close()
            raise

    def close(self) -> None:
        """Let go of the file; what was not committed is lost."""
        self._connection.close()

    def remove(self) -> None:
        """Close it, and remove the file with all that SQLite keeps beside it."""
        self._connection.close()
        remove(self.path)

    def one(self, query: str, *values: object) -> tuple[Any, ...]:
        """Return the first row of an answer, empty if there is none."""
        try:
            return self._connection.execute(query, values).fetchone() or ()
        except sqlite3.Error as error:
            raise self._failure(error) from error

    def rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of an answer."""
        try:
            yield from self._connection.execute(query, values)
        except sqlite3.Error as error:
            raise self._failure(error) from error

    def run(self, query: str, *values: object) -> int:
        """Execute a statement; return how many rows it changed."""
        try:
            return self._connection.execute(query, values).rowcount
        except sqlite3.Error as error:
            raise self._failure(error) from error

    def many(self, query: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Execute a statement for each of some rows of values."""
        try:
            self._connection.executemany(query, rows)
        except sqlite3.Error as error:
            raise self._failure(error) from error

    def script(self, text: str) -> None:
        """Execute several statements; what was done before is committed."""
        try:
            self._connection.executescript(text)
        except sqlite3.Error as error:
            raise self._failure(error) from error

    def commit(self) -> None:
        """Make what was done since the last time outlive a crash."""
        try:
            self._connection.commit()
        except sqlite3.Error as error:
            raise self._failure(error) from error

    def _failure(self, error: sqlite3.Error) -> StateError:
        if is_damage(error):
            remove(self.path)
            message = f"is damaged, and begun anew: {error}"
            return DamagedError(self.path, Problem(message=message))
        return failure(self.path, error)


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether an error says that a file is no database, or a damaged one."""
    # Errors of the module itself have no code.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def failure(path: Path, error: Exception) -> StateError:
    """Return what says that a file cannot be written."""
    return StateError(path, Problem(message=f"cannot be written: {error}"))


def remove(path: Path) -> None:
    """Remove a database, as far as it is there.

    Raises:
        StateError: it cannot be removed.

    """
    try:
        for suffix in _BESIDE:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    except OSError as error:
        raise failure(path, error) from error
