"""The writer's own copy of the index, of which readers get versions."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from mirrorsel.errors import Problem, StateError
from mirrorsel.model import Pieces, PublishedFile
from mirrorsel.tree.schema import FORMAT, TABLES

_MODE = 0o644
# What only the writer needs: by which signs a file is taken for unchanged.
_OWN = "CREATE TABLE sign (number INTEGER PRIMARY KEY, inode INTEGER, changed INTEGER);"
_PUT = """
INSERT INTO file (folder, name, size, modified, sha256, sha512, disputed)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (folder, name) DO UPDATE SET size = excluded.size,
    modified = excluded.modified, sha256 = excluded.sha256,
    sha512 = excluded.sha512, disputed = excluded.disputed
RETURNING number
"""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a file besides its path; as in `PublishedFile`."""

    size: int | None
    modified: int
    sha256: bytes = b""
    sha512: bytes = b""
    disputed: str = ""


class Store:
    """A database that one process writes, in transactions that outlive a crash.

    Args:
        path: The file; it is made when it is missing.
        root: The folder or the URL of the tree. A store of another root is begun
            anew.

    Raises:
        StateError: it cannot be opened, or is of an unknown format.

    """

    def __init__(self, path: Path, root: str) -> None:
        self._path = path
        try:
            self._open(root)
        except (sqlite3.Error, OSError) as error:
            raise self._failure(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    @property
    def lineage(self) -> str:
        """What tells the numbers of this store from those of others."""
        return str(self._one("SELECT lineage FROM about")[0])

    def put(self, path: str, facts: Facts, pieces: Pieces | None = None) -> int:
        """Take a file in, new or changed; return its number."""
        folder, _, name = path.rpartition("/")
        row = self._one(_PUT, self._folder(folder), name, *astuple(facts))
        number = int(row[0])
        self._run("DELETE FROM pieces WHERE number = ?", number)
        if pieces is not None:
            row = (number, pieces.length, pieces.sha256, pieces.sha1)
            self._run("INSERT INTO pieces VALUES (?, ?, ?, ?)", *row)
        return number

    def forget(self, number: int) -> None:
        """Remove a file that is no longer published."""
        for table in ("pieces", "sign", "file"):
            self._run(f"DELETE FROM {table} WHERE number = ?", number)  # noqa: S608

    def files(self) -> Iterator[PublishedFile]:
        """Yield all files, in the order of their numbers."""
        query = (
            "SELECT folder.path, file.* FROM file"
            " JOIN folder ON folder.id = file.folder ORDER BY number"
        )
        for row in self._connection.execute(query):
            folder, number, _, name, size, modified, sha256, sha512, disputed = row
            yield PublishedFile(
                path=f"{folder}/{name}" if folder else name,
                number=number,
                size=size,
                modified=modified,
                sha256=sha256,
                sha512=sha512,
                disputed=disputed,
            )

    def commit(self) -> None:
        """Make what was done since the last time outlive a crash."""
        self._connection.commit()

    def publish(self, path: Path, now: int) -> None:
        """Give readers the present state, as a file that takes the old one's place.

        Args:
            path: Where readers look for it.
            now: The present, in seconds of Unix time.

        Raises:
            StateError: it cannot be written; the old version stands.

        """
        self._run("UPDATE about SET made = ?", now)
        self.commit()
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        try:
            self._connection.execute("VACUUM INTO ?", (str(temporary),))
            with closing(sqlite3.connect(temporary)) as copy:
                copy.executescript("DROP TABLE sign; VACUUM;")
            temporary.chmod(_MODE)
            temporary.replace(path)
        except (sqlite3.Error, OSError) as error:
            raise self._failure(error) from error
        finally:
            temporary.unlink(missing_ok=True)

    def _open(self, root: str) -> None:
        self._connection = sqlite3.connect(self._path)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        known = self._one("SELECT count(*) FROM sqlite_schema WHERE name = 'about'")[0]
        if known:
            found, of = self._one("SELECT format, root FROM about")
            if (found, of) == (FORMAT, root):
                return
            self._connection.close()
            self._path.unlink()
            self._connection = sqlite3.connect(self._path)
            self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.executescript(TABLES + _OWN)
        about = (FORMAT, secrets.token_hex(8), root, 0)
        self._run("INSERT INTO about VALUES (?, ?, ?, ?)", *about)
        self.commit()

    def _folder(self, path: str) -> int:
        """Return the number of a folder, which is made with all above it."""
        row = self._one("SELECT id FROM folder WHERE path = ?", path)
        if row:
            return int(row[0])
        above, _, name = path.rpartition("/")
        parent = self._folder(above) if path else None
        query = "INSERT INTO folder (path, parent, name) VALUES (?, ?, ?) RETURNING id"
        return int(self._one(query, path, parent, name)[0])

    def _one(self, query: str, *values: object) -> tuple[Any, ...]:
        return self._connection.execute(query, values).fetchone() or ()

    def _run(self, query: str, *values: object) -> None:
        self._connection.execute(query, values)

    def _failure(self, error: Exception) -> StateError:
        message = f"cannot be written: {error}"
        return StateError(self._path, Problem(message=message))
