"""The editions of the index: each a file that is never written again."""

import os
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from mirrorsel.indexing.database import failure
from mirrorsel.tree.schema import TABLES

_MODE = 0o644
_ASKED_EVERY = 50_000
# Of a disputed file no hash is handed out, so that nobody can vouch for it.
_COPY = """
INSERT INTO about SELECT format, lineage, root, made FROM work.about;
INSERT INTO folder SELECT id, path, parent, name FROM work.folder;
INSERT INTO file SELECT number, folder, name, size, modified,
    CASE disputed WHEN '' THEN sha256 ELSE x'' END,
    CASE disputed WHEN '' THEN sha512 ELSE x'' END, disputed FROM work.file;
INSERT INTO pieces SELECT number, length, pieces.sha256, sha1
    FROM work.pieces AS pieces JOIN work.file AS file USING (number)
    WHERE disputed = '';
"""


def write_edition(
    work: Path, path: Path, *, stopped: Callable[[], bool] = lambda: False
) -> None:
    """Write what the writer's database holds as the edition that readers find.

    Args:
        work: The writer's database, as it was last committed.
        path: Where readers look.
        stopped: Whether to give up; asked now and then.

    Raises:
        StateError: it cannot be written; the edition before stands.

    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        _copy(work, temporary, stopped)
        _keep(temporary)
        temporary.replace(path)
        _sync(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    except (sqlite3.Error, OSError) as error:
        raise failure(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def forget_unfinished(path: Path) -> None:
    """Remove what was begun in the place of a file and never finished.

    For whoever alone writes that file, while it is not written.

    Raises:
        StateError: they cannot be removed.

    """
    try:
        for one in path.parent.glob(f".{path.name}.*"):
            one.unlink()
    except OSError as error:
        raise failure(path, error) from error


def _copy(work: Path, temporary: Path, stopped: Callable[[], bool]) -> None:
    with closing(sqlite3.connect(temporary, uri=True)) as copy:
        copy.set_progress_handler(stopped, _ASKED_EVERY)
        # A copy that a crash leaves half-way is thrown away, so nothing guards it.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        copy.execute("ATTACH ? AS work", (f"file:{quote(str(work))}?mode=ro",))
        copy.executescript(f"BEGIN; {TABLES} {_COPY} COMMIT;")


def _keep(temporary: Path) -> None:
    temporary.chmod(_MODE)
    _sync(temporary, os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
