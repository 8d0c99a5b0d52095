"""The index of published files, as those read it who never write."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mirrorsel.errors import Problem, StateError
from mirrorsel.model import Listing, Pieces, PublishedFile
from mirrorsel.selection.bounded import Bounded
from mirrorsel.tree.schema import FORMAT

_COLUMNS = "number, name, size, modified, sha256, sha512, disputed"
_FIND = f"SELECT {_COLUMNS} FROM file WHERE folder = ? AND name = ?"  # noqa: S608
_HAS = "SELECT 1 FROM file WHERE folder = ? AND name = ?"
_LIST = f"SELECT {_COLUMNS} FROM file WHERE folder = ? ORDER BY name"  # noqa: S608
_PAGE = f"""
SELECT folder.path, {_COLUMNS.replace("name", "file.name")} FROM file
JOIN folder ON folder.id = file.folder WHERE number >= ? ORDER BY number LIMIT 1000
"""  # noqa: S608
_BELOW = """
SELECT number FROM folder JOIN file ON file.folder = folder.id
WHERE path = ? OR (path > ? AND path < ?)
"""
_REMEMBERED = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What one version of the index is of."""

    lineage: str
    """Tells indexes apart whose numbers mean different files."""
    root: str
    """The folder or the URL of the tree."""
    made: int
    """When it was published, in seconds of Unix time."""


class FileIndex:
    """One version of the index; any number of threads may ask it.

    The file is never written again, since a newer version takes its place by
    renaming: so SQLite needs no lock, and no right to write beside it. It belongs to
    the checker's account, which its readers do not trust.

    Args:
        path: The file.
        remembered: How many answers of each kind are remembered.

    Raises:
        StateError: it is missing, unreadable, damaged or of an unknown format.

    """

    about: About

    def __init__(self, path: Path, remembered: int = _REMEMBERED) -> None:
        self._path = path
        try:
            self._open()
        except OSError as error:
            message = f"cannot be read: {error.strerror}"
            raise StateError(path, Problem(message=message)) from error
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise self._damaged(error) from error
        # A folder that is not there has 0, which is no number of one.
        self._folders: Bounded[str, int] = Bounded(remembered)
        self._found: Bounded[str, PublishedFile | None] = Bounded(remembered)

    def find(self, path: str) -> PublishedFile | None:
        """Return a file by its path below the root; None if there is none.

        Raises:
            StateError: the index turns out to be damaged.

        """
        found = self._found.get(path)
        if found is None and path not in self._found:
            found = self._found[path] = self._look_up(path)
        return found

    def has(self, path: str) -> bool:
        """Return whether there is a file of that path; it costs less than `find`.

        Raises:
            StateError: the index turns out to be damaged.

        """
        place = self._place(path)
        return place is not None and self._row(_HAS, *place) is not None

    def is_folder(self, path: str) -> bool:
        """Return whether there is a folder of that path, without a slash at its end.

        Raises:
            StateError: the index turns out to be damaged.

        """
        return self._number(path) is not None

    def folder(self, folder: str) -> Listing | None:
        """Return what is in a folder; None if there is none of that path.

        Raises:
            StateError: the index turns out to be damaged.

        """
        number = self._number(folder)
        if number is None:
            return None
        below = "SELECT name FROM folder WHERE parent = ? ORDER BY name"
        return Listing(
            folders=tuple(name for (name,) in self._rows(below, number)),
            files=tuple(_file(folder, row) for row in self._rows(_LIST, number)),
        )

    def pieces(self, number: int) -> Pieces | None:
        """Return the hashes of a file's pieces; None where it has none.

        Raises:
            StateError: the index turns out to be damaged.

        """
        wanted = "SELECT length, sha256, sha1 FROM pieces WHERE number = ?"
        row = self._row(wanted, number)
        return Pieces(length=row[0], sha256=row[1], sha1=row[2]) if row else None

    def files(self, first: int = 0) -> Iterator[PublishedFile]:
        """Yield the files from a number on, in the order of their numbers.

        Raises:
            StateError: the index turns out to be damaged.

        """
        rows = self._rows(_PAGE, first)
        while rows:
            yield from (_file(row[0], row[1:]) for row in rows)
            rows = self._rows(_PAGE, rows[-1][1] + 1)

    def numbers_below(self, folder: str) -> Iterator[int]:
        """Yield the numbers of the files in a folder and in those below it.

        Raises:
            StateError: the index turns out to be damaged.

        """
        # A slash stands before a zero, so that between them is all below.
        ends = ("", "\U0010ffff") if not folder else (f"{folder}/", f"{folder}0")
        for (number,) in self._rows(_BELOW, folder, *ends):
            yield int(number)

    def highest(self) -> int:
        """Return the highest number of a file; 0 if there is none.

        Raises:
            StateError: the index turns out to be damaged.

        """
        return int(self._row("SELECT max(number) FROM file")[0] or 0)

    def count(self) -> int:
        """Return how many files there are.

        Raises:
            StateError: the index turns out to be damaged.

        """
        return int(self._row("SELECT count(*) FROM file")[0])

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _open(self) -> None:
        self._path.stat()
        place = f"file:{quote(str(self._path.resolve()))}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(
            place, uri=True, check_same_thread=False, isolation_level=None
        )
        # A hostile file shall run no function and mend nothing.
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        row = self._connection.execute(
            "SELECT format, lineage, root, made FROM about"
        ).fetchone()
        if row is None or row[0] != FORMAT:
            message = (
                f"has the format {row and row[0]}, which this version does not know"
            )
            raise StateError(self._path, Problem(message=message))
        self.about = About(lineage=str(row[1]), root=str(row[2]), made=int(row[3]))

    def _look_up(self, path: str) -> PublishedFile | None:
        place = self._place(path)
        row = self._row(_FIND, *place) if place else None
        return _file(path.rpartition("/")[0], row) if row else None

    def _place(self, path: str) -> tuple[int, str] | None:
        """Return the number of a file's folder, and its name in it."""
        folder, slash, name = path.rpartition("/")
        if slash and not folder:
            return None
        number = self._number(folder)
        return (number, name) if number is not None else None

    def _number(self, path: str) -> int | None:
        # Another thread may have all forgotten between two looks.
        number = self._folders.get(path)
        if number is None:
            row = self._row("SELECT id FROM folder WHERE path = ?", path)
            number = self._folders[path] = row[0] if row else 0
        return number or None

    def _row(self, query: str, *values: object) -> Any:
        return next(iter(self._rows(query, *values)), None)

    def _rows(self, query: str, *values: object) -> list[Any]:
        try:
            return self._connection.execute(query, values).fetchall()
        except UnicodeEncodeError:
            # A name with bytes that are no UTF-8 is none of the tree's.
            return []
        except (sqlite3.Error, OverflowError) as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> StateError:
        return StateError(self._path, Problem(message=f"cannot be read: {error}"))


def _file(folder: str, row: tuple[Any, ...]) -> PublishedFile:
    number, name, size, modified, sha256, sha512, disputed = row
    return PublishedFile(
        path=f"{folder}/{name}" if folder else name,
        number=number,
        size=size,
        modified=modified,
        sha256=sha256,
        sha512=sha512,
        disputed=disputed,
    )
