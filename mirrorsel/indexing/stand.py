"""How far the writer's database has come."""

from pathlib import Path

from mirrorsel.errors import StateError
from mirrorsel.indexing.database import Database
from mirrorsel.tree import FileIndex


class Stand:
    """What outlives the process besides the files themselves.

    Args:
        database: The writer's.

    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def complete(self) -> bool:
        """Whether the whole tree was looked at once."""
        return bool(self._get("complete"))

    def completed(self) -> None:
        """Note that it was."""
        self._set("complete", 1)

    @property
    def lost(self) -> int:
        """Since when most files are gone, which is not believed yet; 0 if none are."""
        return self._get("lost")

    def lose(self, since: int) -> None:
        """Note since when; 0 when they are back or their loss is believed."""
        self._set("lost", since)

    def is_published(self, path: Path) -> bool:
        """Return whether readers find the present state there."""
        if not self._get("published"):
            return False
        try:
            edition = FileIndex(path)
        except StateError:
            return False
        try:
            lineage = self._database.one("SELECT lineage FROM about")
            return (edition.about.lineage,) == lineage
        finally:
            edition.close()

    def count(self) -> tuple[int, int]:
        """Return how many files there are, and their bytes."""
        row = self._database.one("SELECT count(*), total(size) FROM file")
        return int(row[0]), int(row[1])

    def _get(self, column: str) -> int:
        return int(self._database.one(f"SELECT {column} FROM stand")[0])  # noqa: S608 - its own word

    def _set(self, column: str, value: int) -> None:
        if self._get(column) != value:
            self._database.run(f"UPDATE stand SET {column} = ?", value)  # noqa: S608 - as above
