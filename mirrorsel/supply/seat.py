"""The place of a database, which one process at a time may fill anew."""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from mirrorsel.errors import SupplyError
from mirrorsel.kept import kept_beside
from mirrorsel.links import follow
from mirrorsel.regular import MEBIBYTE, open_in_folder

# Whoever answers requests reads it.
_MODE = 0o644
_FOLDER_MODE = 0o755
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NEW = _FLAGS | os.O_EXCL
# Nothing that is read runs, least of all as its owner.
_PERMISSIONS = 0o777
_TRIES = 10
_LARGEST = 16 * 1024 * MEBIBYTE


class Seat:
    """A database that is being replaced.

    What is new is written to a hidden file in the same folder, `.NAME.part`, which
    is locked meanwhile. That file is the lock of all who would replace the same
    database; what a process leaves there that was killed, the next one overwrites.

    The folder may be another account's, and this one root: then nothing in it is
    believed, neither a link nor a file that somebody else has made and may hold open.

    Args:
        path: The database, or a symbolic link to it; the link stays.

    Raises:
        SupplyError: on entering, another process is at it, or there is no place.

    """

    part: BinaryIO
    """The new database, once it is written; empty in the beginning."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._made: Path | None = None

    def __enter__(self) -> Self:
        try:
            self.file = self._followed()
            self.part_file = self.file.with_name(f".{self.file.name}.part")
            self._make_folder()
            self.part = self._locked()
        except OSError as error:
            raise self.failure(error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # It is ours as long as it is locked; after a replacement there is none.
        with suppress(OSError):
            if _same(self.part.fileno(), self.part_file):
                self.part_file.unlink()
        self.part.close()
        if self._made is not None:
            # Nothing came of it, unless there is a database in it now.
            with suppress(OSError):
                self._made.rmdir()

    @property
    def kept(self) -> Path:
        """Where the database before the last replacement is kept."""
        return kept_beside(self.file)

    def scratch(self) -> BinaryIO:
        """Return a file without a name in the same folder, gone when it is closed."""
        return tempfile.TemporaryFile(dir=self.file.parent)

    def replace(self, *, keep: bool) -> None:
        """Put what was written into place, whole.

        It gets the owner and mode of what it replaces, as far as this account may
        give them; a new one can be read by everybody.

        Args:
            keep: Whether what it replaces is kept.

        Raises:
            OSError: it cannot be done; what is in place is as it was.

        """
        descriptor = self.part.fileno()
        about = _about(self.file)
        if about is not None:
            # Another's file is replaced by one of ours where we are not root.
            with suppress(PermissionError):
                os.fchown(descriptor, about.st_uid, about.st_gid)
        os.fchmod(descriptor, about.st_mode & _PERMISSIONS if about else _MODE)
        os.fsync(descriptor)
        if keep and about is not None:
            self._keep()
        self.part_file.replace(self.file)
        self._sync_folder()

    def failure(self, error: OSError) -> SupplyError:
        """Return what is told of an error with one of the files."""
        name = error.filename or self._path
        return SupplyError(f"{name}: cannot be written: {error.strerror}")

    def _followed(self) -> Path:
        """Return where the database is, without links."""
        way = follow(self._path)
        about = _about(way.file)
        if way.strangers(about.st_uid if about else os.geteuid()):
            message = f"another account's link leads to {way.file}; name this file"
            raise PermissionError(0, message, str(self._path))
        return way.file

    def _make_folder(self) -> None:
        folder = self.file.parent
        if not folder.exists():
            folder.mkdir()
            self._made = folder
            # Whatever the umask: those who answer requests must pass.
            with _opened(folder) as descriptor:
                os.fchmod(descriptor, _FOLDER_MODE)

    def _locked(self) -> BinaryIO:
        for _ in range(_TRIES):
            part = os.fdopen(os.open(self.part_file, _FLAGS, 0o600), "r+b")
            try:
                fcntl.flock(part, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                part.close()
                break
            if _same(part.fileno(), self.part_file):
                if os.fstat(part.fileno()).st_uid == os.geteuid():
                    part.truncate()
                    return part
                # Whoever made it could still write into it afterwards.
                self.part_file.unlink()
            # The one before us put it into place, or took it away, meanwhile.
            part.close()
        raise SupplyError(f"{self._path}: another process is updating it just now")

    def _keep(self) -> None:
        spare = self.part_file.with_suffix(".kept")
        spare.unlink(missing_ok=True)
        # A second name would cost less, but the system lets only owners give one.
        with (
            _opened(self.file.parent) as folder,
            open_in_folder(folder, self.file.name, largest=_LARGEST) as old,
            os.fdopen(os.open(spare, _NEW, 0o600), "wb") as new,
        ):
            shutil.copyfileobj(old, new)
            new.flush()
            about = os.fstat(old.fileno())
            os.utime(new.fileno(), ns=(about.st_atime_ns, about.st_mtime_ns))
            os.fchmod(new.fileno(), about.st_mode & _PERMISSIONS)
        spare.replace(self.kept)

    def _sync_folder(self) -> None:
        with _opened(self.file.parent) as folder:
            os.fsync(folder)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    """Open a folder that is no link; give its descriptor."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _about(file: Path) -> os.stat_result | None:
    """Return what is known of what is to be replaced, which is no link any more.

    Raises:
        OSError: something else has taken its place meanwhile.

    """
    try:
        about = file.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(about.st_mode):
        raise OSError(0, "it is not an ordinary file", str(file))
    return about


def _same(descriptor: int, file: Path) -> bool:
    """Return whether a name is still that of an open file, and of it alone."""
    try:
        named = file.lstat()
    except FileNotFoundError:
        return False
    opened = os.fstat(descriptor)
    same = (named.st_dev, named.st_ino) == (opened.st_dev, opened.st_ino)
    return same and stat.S_ISREG(opened.st_mode) and opened.st_nlink == 1
