"""What the origin lists, held against what was known of its files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mirrorsel.indexing.omission import Omissions, refused_name
from mirrorsel.indexing.progress import Phase, Progress
from mirrorsel.indexing.store import Facts, Store
from mirrorsel.listing import Coverage, ListedFile
from mirrorsel.model import joined

_TABLE = """
CREATE TEMP TABLE IF NOT EXISTS listed (folder TEXT, name TEXT, size INTEGER,
    modified INTEGER, PRIMARY KEY (folder, name)) WITHOUT ROWID
"""
_ADD = "INSERT OR REPLACE INTO temp.listed VALUES (?, ?, ?, ?)"
_CHANGED = """
SELECT listed.folder, listed.name, listed.size, listed.modified
FROM temp.listed AS listed
LEFT JOIN main.folder ON folder.path = listed.folder
LEFT JOIN main.file ON file.folder = folder.id AND file.name = listed.name
WHERE file.number IS NULL OR file.size IS NOT listed.size
    OR file.modified IS NOT listed.modified
"""
_UNLISTED = """
SELECT file.number, folder.path, file.name FROM main.file
JOIN main.folder ON folder.id = file.folder
LEFT JOIN temp.listed AS listed
    ON listed.folder = folder.path AND listed.name = file.name
WHERE listed.name IS NULL
"""
_COUNT = "SELECT count(*), total(size) FROM temp.listed"


@dataclass(frozen=True, slots=True)
class Changed:
    """A file that is new or changed."""

    path: str
    facts: Facts


class Listed:
    """The files of one listing, on disk since there may be many.

    Args:
        store: What was known before; nothing of it is changed.
        omissions: Takes what is left out.
        tell: Told after each file how far it has come.

    """

    def __init__(
        self, store: Store, omissions: Omissions, tell: Callable[[Progress], None]
    ) -> None:
        self._database = store.database
        self._omissions = omissions
        self._tell = tell
        self._files = self._bytes = 0
        self._database.run(_TABLE)
        self._database.run("DELETE FROM temp.listed")

    def add(self, file: ListedFile) -> None:
        """Take a file in, unless its name says that it is not published."""
        folder, _, name = file.path.rpartition("/")
        why = refused_name(name)
        if why is not None:
            self._omissions.add(file.path, why)
            return
        size = file.size if file.exact else None
        self._database.run(_ADD, folder, name, size, file.modified or 0)
        self._files += 1
        self._bytes += size or 0
        self._tell(Progress(phase=Phase.LOOK, files=self._files, bytes=self._bytes))

    def is_wanted(self, folder: str) -> bool:
        """Return whether a folder is published, by its name."""
        why = refused_name(folder.rpartition("/")[2])
        if why is not None:
            self._omissions.add(folder, why)
        return why is None

    def count(self) -> tuple[int, int]:
        """Return how many files there are, and their bytes as far as they are told."""
        files, size = self._database.one(_COUNT)
        return int(files), int(size)

    def changed(self) -> list[Changed]:
        """Return what is new or changed."""
        return [
            Changed(joined(folder, name), Facts(size, modified))
            for folder, name, size, modified in self._database.rows(_CHANGED)
        ]

    def gone(self, coverage: Coverage) -> list[int]:
        """Return the numbers of files that are surely not there any more."""
        return list(self._gone(coverage))

    def _gone(self, coverage: Coverage) -> Iterator[int]:
        for number, folder, name in self._database.rows(_UNLISTED):
            if coverage.lacks(joined(folder, name)):
                yield number
