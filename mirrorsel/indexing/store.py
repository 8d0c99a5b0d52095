"""The writer's own copy of the index, of which readers get editions."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mirrorsel.indexing import tables
from mirrorsel.indexing.database import DamagedError, Database
from mirrorsel.indexing.edition import write_edition
from mirrorsel.indexing.sign import Sign
from mirrorsel.model import Pieces
from mirrorsel.tree.rows import pieces_of
from mirrorsel.tree.schema import FORMAT, TABLES

_log = logging.getLogger(__name__)

_NOWHERE = ("/", 0)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a file besides its path; as in `PublishedFile`."""

    size: int | None
    modified: int
    sha256: bytes = b""
    sha512: bytes = b""
    disputed: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A file of the store, and by what it is known to be unchanged."""

    number: int
    size: int | None
    sign: Sign | None
    """None where it must be read again in any case."""


@dataclass(frozen=True, slots=True)
class Twin:
    """What is known of a file under another name."""

    facts: Facts
    pieces: Pieces | None


class Store:
    """A database that one process writes, in transactions that outlive a crash.

    Args:
        path: The file; it is made when it is missing, and for its owner alone.
        root: The folder or the URL of the tree. A store of another root is begun
            anew, and so is one that is damaged.
        stopped: Whether to give up what is being done; asked now and then.

    Raises:
        StateError: it cannot be opened or, by any method, read or written.

    """

    def __init__(
        self, path: Path, root: str, *, stopped: Callable[[], bool] = lambda: False
    ) -> None:
        self._path = path
        self._stopped = stopped
        self._last = _NOWHERE
        self._marked = False
        self.database = self._opened()
        """For what only the indexer asks."""
        if not self._is_of(root):
            self.database.remove()
            self.database = self._opened()
            self._begin(root)

    def close(self) -> None:
        """Let go of the file; what was not committed is lost."""
        self.database.close()

    def put(
        self,
        path: str,
        facts: Facts,
        pieces: Pieces | None = None,
        sign: Sign | None = None,
    ) -> int:
        """Take a file in, new or changed; return its number.

        A file with other content gets a new number, since whoever was seen to have
        the old one does not have it.
        """
        place = self._place(path)
        before = self.database.one(tables.BEFORE, *place)
        number = None if not before else int(before[0])
        if number is not None and not _is_same(Facts(*before[1:]), facts):
            self.forget(number)
            number = None
        number = self._write(number, place, facts)
        self._set_pieces(number, pieces)
        self.sign(number, sign)
        self.mark()
        return number

    def sign(self, number: int, sign: Sign | None) -> None:
        """Note by what a file is known to be unchanged; None for nothing."""
        self.database.run("DELETE FROM sign WHERE number = ?", number)
        if sign is not None:
            row = (number, sign.device, sign.inode, sign.modified, sign.changed)
            self.database.run("INSERT INTO sign VALUES (?, ?, ?, ?, ?)", *row)

    def forget(self, *numbers: int) -> None:
        """Remove files that are no longer published."""
        rows = [(one,) for one in numbers]
        for table in tables.OF_FILES:
            self.database.many(f"DELETE FROM {table} WHERE number = ?", rows)  # noqa: S608
        self.database.many("DELETE FROM claim WHERE source = ?", rows)
        if rows:
            self.mark()

    def forget_empty_folders(self) -> None:
        """Remove the folders in which no file is any more."""
        while self.database.run(tables.EMPTY) > 0:
            self._last = _NOWHERE

    def number(self, path: str) -> int | None:
        """Return the number of a file; None if there is none of that path."""
        folder, _, name = path.rpartition("/")
        row = self.database.one(tables.NUMBER, folder, name)
        return int(row[0]) if row else None

    def known(self, folder: int) -> dict[str, Known]:
        """Return the files of a folder, by their names."""
        return {
            name: Known(number, size, Sign(*sign) if sign[0] is not None else None)
            for name, number, size, *sign in self.database.rows(tables.KNOWN, folder)
        }

    def folder(self, path: str) -> int | None:
        """Return what tells a folder from all others; None if there is none."""
        row = self.database.one("SELECT id FROM folder WHERE path = ?", path)
        return int(row[0]) if row else None

    def twin(self, sign: Sign, size: int) -> Twin | None:
        """Return what is known of the very same file, which has another name too."""
        wanted = (sign.inode, sign.device, sign.modified, sign.changed, size)
        row = self.database.one(tables.TWIN, *wanted)
        if not row:
            return None
        number, *facts = row
        pieces = self.database.one(tables.PIECES, number)
        return Twin(Facts(*facts), pieces_of(pieces) if pieces else None)

    def mark(self) -> None:
        """Note that readers have an older edition than this."""
        if not self._marked:
            self.database.run("UPDATE stand SET published = 0")
            self._marked = True

    def commit(self) -> None:
        """Make what was done since the last time outlive a crash."""
        self.database.commit()

    def publish(self, path: Path, now: int) -> None:
        """Give readers the present state, as a file that takes the old one's place.

        Args:
            path: Where readers look for it.
            now: The present, in seconds of Unix time.

        Raises:
            StateError: it cannot be written; the old edition stands.

        """
        self.database.run("UPDATE about SET made = ?", now)
        self.commit()
        write_edition(self._path, path, stopped=self._stopped)
        self.database.run("UPDATE stand SET published = 1")
        self._marked = False
        self.commit()

    def _opened(self) -> Database:
        try:
            return Database(self._path, stopped=self._stopped)
        except DamagedError as error:
            _log.warning("%s", error)
            return Database(self._path, stopped=self._stopped)

    def _is_of(self, root: str) -> bool:
        version = self.database.one("PRAGMA user_version")
        if version != (tables.OWN_FORMAT,):
            return False
        return self.database.one("SELECT format, root FROM about") == (FORMAT, root)

    def _begin(self, root: str) -> None:
        self.database.script(TABLES + tables.OWN)
        about = (FORMAT, secrets.token_hex(8), root, 0)
        self.database.run("INSERT INTO about VALUES (?, ?, ?, ?)", *about)
        self.database.run("INSERT INTO folder (path, name) VALUES ('', '')")
        self.commit()

    def _write(self, number: int | None, place: tuple[int, str], facts: Facts) -> int:
        values = (
            facts.size,
            facts.modified,
            facts.sha256,
            facts.sha512,
            facts.disputed,
        )
        if number is not None:
            self.database.run(tables.CHANGE, *values, number)
            return number
        return int(self.database.one(tables.TAKE_IN, *place, *values)[0])

    def _set_pieces(self, number: int, pieces: Pieces | None) -> None:
        self.database.run("DELETE FROM pieces WHERE number = ?", number)
        if pieces is not None:
            row = (number, pieces.length, pieces.sha256, pieces.sha1)
            self.database.run("INSERT INTO pieces VALUES (?, ?, ?, ?)", *row)

    def _place(self, path: str) -> tuple[int, str]:
        folder, _, name = path.rpartition("/")
        if folder != self._last[0]:
            self._last = folder, self._folder(folder)
        return self._last[1], name

    def _folder(self, path: str) -> int:
        """Return the number of a folder, which is made with all above it."""
        known = self.folder(path)
        if known is not None:
            return known
        above, _, name = path.rpartition("/")
        return int(self.database.one(tables.ADD, path, self._folder(above), name)[0])


def _is_same(old: Facts, new: Facts) -> bool:
    """Return whether two sets of facts are of the same content."""
    pairs = ((old.sha256, new.sha256), (old.sha512, new.sha512))
    known = [one for one in pairs if all(one)]
    if old.size != new.size or any(one != other for one, other in known):
        return False
    return bool(known) or old.modified == new.modified
