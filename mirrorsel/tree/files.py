"""The index of published files, as those read it who never write."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from mirrorsel.errors import Problem, StateError
from mirrorsel.model import Listing, Pieces, PublishedFile, Totals, joined
from mirrorsel.selection.bounded import Bounded
from mirrorsel.tree.reader import Reader
from mirrorsel.tree.rows import COLUMNS, file_of, name_of, pieces_of
from mirrorsel.tree.schema import FORMAT

T = TypeVar("T")

_FIND = f"SELECT {COLUMNS} FROM file WHERE folder = ? AND name = ?"  # noqa: S608
_HAS = "SELECT 1 FROM file WHERE folder = ? AND name = ?"
_FOLDERS = """
SELECT name FROM folder WHERE parent = ? AND name > ? ORDER BY name LIMIT ?
"""
_FILES = f"""
SELECT {COLUMNS} FROM file WHERE folder = ? AND name > ? ORDER BY name LIMIT ?
"""  # noqa: S608
_TOTALS = """
SELECT (SELECT count(*) FROM folder WHERE parent = ?1), count(*),
    CAST(total(size) AS INTEGER) FROM file WHERE folder = ?1
"""
_PAGE = f"""
SELECT folder.path, {COLUMNS.replace("name", "file.name")} FROM file
JOIN folder ON folder.id = file.folder WHERE number >= ? ORDER BY number LIMIT 1000
"""  # noqa: S608
_NAMED = """
SELECT folder.path FROM file JOIN folder ON folder.id = file.folder
WHERE file.name = ? ORDER BY folder.path LIMIT ?
"""
_BELOW = """
SELECT number FROM folder JOIN file ON file.folder = folder.id
WHERE path = ? OR (path > ? AND path < ?)
"""
_REMEMBERED = 8192
_ALL = 2**62
"""More entries than any folder has."""


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
            self._reader = Reader(path)
            self.about = self._read_about()
        except OSError as error:
            message = f"cannot be read: {error.strerror}"
            raise StateError(path, Problem(message=message)) from error
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise self._damaged(error) from error
        # Only of what there is: what there is not would be as much as clients like.
        self._folders: Bounded[str, int] = Bounded(remembered)
        self._found: Bounded[str, PublishedFile] = Bounded(remembered)
        self._totals: Bounded[int, Totals] = Bounded(remembered)

    def find(self, path: str) -> PublishedFile | None:
        """Return a file by its path below the root; None if there is none.

        Raises:
            StateError: the index turns out to be damaged.

        """
        found = self._found.get(path)
        if found is not None:
            return found
        place = self._place(path)
        row = self._row(_FIND, *place) if place else None
        if row is None:
            return None
        folder = path.rpartition("/")[0]
        found = self._found[path] = self._checked(lambda: file_of(folder, row))
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

    def folder(
        self, folder: str, *, after: str = "", most: int = _ALL
    ) -> Listing | None:
        """Return what is in a folder; None if there is none of that path.

        Args:
            folder: Its path.
            after: Where to go on; see `Listing.next`.
            most: How many entries at most.

        Raises:
            StateError: the index turns out to be damaged.

        """
        number = self._number(folder)
        if number is None:
            return None
        folders: list[str] = []
        start = after
        if not after or after.endswith("/"):
            start = ""
            found = self._rows(_FOLDERS, number, after.removesuffix("/"), most + 1)
            folders = self._checked(lambda: list(map(name_of, found)))
        left = max(most - len(folders), 0)
        rows = self._rows(_FILES, number, start, left + 1)
        files = self._checked(lambda: [file_of(folder, one) for one in rows])
        names = [*(f"{one}/" for one in folders), *(one.name for one in files)]
        return Listing(
            folders=tuple(folders[:most]),
            files=tuple(files[:left]),
            totals=self._totals_of(number),
            next=names[most - 1] if len(names) > most else "",
        )

    def named(self, name: str, most: int) -> tuple[str, ...]:
        """Return the paths of files of a name, in whatever folder; looks at all files.

        Raises:
            StateError: the index turns out to be damaged.

        """
        folders = (folder for (folder,) in self._rows(_NAMED, name, most))
        return tuple(joined(one, name) for one in folders)

    def pieces(self, number: int) -> Pieces | None:
        """Return the hashes of a file's pieces; None where it has none.

        Raises:
            StateError: the index turns out to be damaged.

        """
        wanted = "SELECT length, sha256, sha1 FROM pieces WHERE number = ?"
        row = self._row(wanted, number)
        return self._checked(lambda: pieces_of(row)) if row else None

    def files(self, first: int = 0) -> Iterator[PublishedFile]:
        """Yield the files from a number on, in the order of their numbers.

        Raises:
            StateError: the index turns out to be damaged.

        """
        rows = self._rows(_PAGE, first)
        while rows:
            yield from self._checked(lambda: [file_of(one[0], one[1:]) for one in rows])  # noqa: B023 - called at once
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
        self._reader.close()

    def _read_about(self) -> About:
        rows = self._reader.rows("SELECT format, lineage, root, made FROM about")
        if not rows or rows[0][0] != FORMAT:
            known = rows and rows[0][0]
            message = f"has the format {known}, which this version does not know"
            raise StateError(self._path, Problem(message=message))
        _, lineage, root, made = rows[0]
        return About(lineage=str(lineage), root=str(root), made=int(made))

    def _place(self, path: str) -> tuple[int, str] | None:
        """Return the number of a file's folder, and its name in it."""
        folder, slash, name = path.rpartition("/")
        if slash and not folder:
            return None
        number = self._number(folder)
        return (number, name) if number is not None else None

    def _number(self, path: str) -> int | None:
        number = self._folders.get(path)
        if number is None:
            row = self._row("SELECT id FROM folder WHERE path = ?", path)
            if row:
                number = self._folders[path] = row[0]
        return number

    def _totals_of(self, number: int) -> Totals:
        totals = self._totals.get(number)
        if totals is None:
            folders, files, size = self._row(_TOTALS, number)
            totals = Totals(folders=folders, files=files, bytes=size)
            self._totals[number] = totals
        return totals

    def _row(self, query: str, *values: object) -> Any:
        return next(iter(self._rows(query, *values)), None)

    def _rows(self, query: str, *values: object) -> list[Any]:
        try:
            return self._reader.rows(query, *values)
        except UnicodeEncodeError:
            # A name with bytes that are no UTF-8 is none of the tree's.
            return []
        except (sqlite3.Error, OverflowError, ValueError) as error:
            raise self._damaged(error) from error

    def _checked(self, read: Callable[[], T]) -> T:
        try:
            return read()
        except (ValueError, TypeError) as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> StateError:
        return StateError(self._path, Problem(message=f"cannot be read: {error}"))
