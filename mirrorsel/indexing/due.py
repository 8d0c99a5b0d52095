"""What one round has found to do, kept on disk since a tree may be large."""

from collections.abc import Iterator
from dataclasses import dataclass

from mirrorsel.indexing.database import Database
from mirrorsel.indexing.sign import Sign

_TABLES = (
    """CREATE TEMP TABLE IF NOT EXISTS due (path TEXT, size INTEGER, device INTEGER,
    inode INTEGER, modified INTEGER, changed INTEGER)""",
    "CREATE TEMP TABLE IF NOT EXISTS visited (folder INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE IF NOT EXISTS gone (number INTEGER PRIMARY KEY)",
    "DELETE FROM temp.due",
    "DELETE FROM temp.visited",
    "DELETE FROM temp.gone",
)
_UNVISITED = """
INSERT OR IGNORE INTO temp.gone
SELECT number FROM main.file WHERE folder NOT IN (SELECT folder FROM temp.visited)
"""
_BELOW = """
INSERT OR IGNORE INTO temp.visited
SELECT id FROM main.folder WHERE path = ?1 OR (path >= ?1 || '/' AND path < ?1 || '0')
"""
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class DueFile:
    """A file that is new or changed."""

    path: str
    size: int
    sign: Sign


class Due:
    """The files to be taken in, and the numbers of those that are gone.

    Args:
        database: The writer's; nothing of this outlives the connection.

    """

    def __init__(self, database: Database) -> None:
        self._database = database
        for one in _TABLES:
            database.run(one)

    def add(self, path: str, size: int, sign: Sign) -> None:
        """Note a file that is to be taken in."""
        row = (path, size, sign.device, sign.inode, sign.modified, sign.changed)
        self._database.run("INSERT INTO temp.due VALUES (?, ?, ?, ?, ?, ?)", *row)

    def visit(self, folder: int) -> None:
        """Note that a known folder is still there."""
        self._database.run("INSERT OR IGNORE INTO temp.visited VALUES (?)", folder)

    def visit_all(self, path: str) -> None:
        """Take all known folders from one down for still there."""
        self._database.run(_BELOW, path)

    def miss(self, number: int) -> None:
        """Note that a file has gone from a folder that was visited."""
        self._database.run("INSERT OR IGNORE INTO temp.gone VALUES (?)", number)

    def miss_unvisited(self) -> int:
        """Note the same of all files in other folders; return how many are gone."""
        self._database.run(_UNVISITED)
        return int(self._database.one("SELECT count(*) FROM temp.gone")[0])

    def gone(self) -> Iterator[tuple[int, ...]]:
        """Yield the numbers of files that are gone, some at a time."""
        while True:
            query = "SELECT number FROM temp.gone LIMIT ?"
            batch = tuple(one for (one,) in self._database.rows(query, _BATCH))
            if not batch:
                return
            yield batch
            rows = ((one,) for one in batch)
            self._database.many("DELETE FROM temp.gone WHERE number = ?", rows)

    def files(self) -> Iterator[DueFile]:
        """Yield the files that are to be taken in, small ones first.

        What is new is often small, and must not wait for what is large.
        """
        query = "SELECT * FROM temp.due ORDER BY size, path"
        for path, size, *sign in self._database.rows(query):
            yield DueFile(path, size, Sign(*sign))
