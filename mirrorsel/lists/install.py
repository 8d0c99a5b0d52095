"""A list that is replaced by one editor at a time, with the old version kept."""

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from mirrorsel.errors import ListError, Problem
from mirrorsel.kept import kept_beside
from mirrorsel.links import follow, open_folder
from mirrorsel.lists.account import account_name
from mirrorsel.lists.attributes import Attributes
from mirrorsel.lists.draft import Draft
from mirrorsel.lists.editlock import EditLock
from mirrorsel.lists.file import LARGEST
from mirrorsel.regular import open_in_folder

_NOWHERE = -1
_READ, _EDIT, _WRITE = "read", "edited", "written"


class Held:
    """A list that nobody else changes through this program meanwhile.

    It is refused at once where a new version could not take its place as it should:
    before somebody has done their work, not after it.
    The lock binds `Held` alone; what another program has written is found by
    comparing the content. All is done within the folder that was opened first,
    whatever is renamed or linked anew around it.

    Args:
        path: The list, or a symbolic link to it; the link stays.
        patience: How many seconds to wait for another who holds it.

    Raises:
        ListError: on entering, the list cannot be read or replaced, or is held by
            another.

    """

    content: bytes
    """What the list held when it was taken, or last read again."""
    remarks: tuple[str, ...]
    """What replacing it will change besides its content, a sentence each."""

    def __init__(self, path: Path, *, patience: float = 0) -> None:
        self.path = path
        self._patience = patience
        self.content = b""
        self.remarks = ()
        self._folder = _NOWHERE

    def __enter__(self) -> Self:
        doing = _READ
        try:
            self._way = follow(self.path)
            self._file = self._way.file
            self._name = self._file.name
            self._folder = open_folder(self._file.parent)
            self._lock = EditLock(self._folder, self._name)
            self._read()
            doing = _EDIT
            self._take()
            self.content = self._read()
        except BlockingIOError as error:
            self._release()
            raise ListError(self.path, Problem(message=str(error.strerror))) from error
        except OSError as error:
            self._release()
            raise self._failure(doing, error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._release()

    @property
    def kept(self) -> Path:
        """Where the version before the last replacement is kept."""
        return kept_beside(self._file)

    def unchanged(self) -> bool:
        """Return whether the file still holds what it held when it was last read.

        Raises:
            ListError: it cannot be read any more, or the path leads elsewhere now.

        """
        return self._now() == self.content

    def read_again(self) -> bytes:
        """Return what the file holds now, which may then be replaced.

        Raises:
            ListError: as `unchanged` does.

        """
        self.content = self._now()
        return self.content

    def replace(self, content: bytes) -> None:
        """Replace the list whole, with its attributes as they were; keep the old one.

        Raises:
            ListError: another program has changed it meanwhile, or it cannot be
                written; it is as it was.

        """
        if not self.unchanged():
            message = "was changed meanwhile by another program; nothing was written"
            raise ListError(self.path, Problem(message=message))
        try:
            self._replace(content)
        except OSError as error:
            raise self._failure(_WRITE, error) from error
        self.content = content

    def _replace(self, content: bytes) -> None:
        with (
            open_in_folder(self._folder, self._name, largest=LARGEST) as file,
            self._draft("old") as old,
            self._draft("new") as new,
        ):
            attributes = Attributes.of(file.fileno())
            # All that can fill a disk comes first.
            old.write(self.content, os.fstat(file.fileno()).st_mtime_ns)
            new.write(content)
            old.take(attributes)
            new.take(attributes)
            old.take_place(self.kept.name)
            new.take_place(self._name)
            os.fsync(self._folder)

    def _take(self) -> None:
        """Lock the list, and see that a new version can be what this one is."""
        with open_in_folder(self._folder, self._name, largest=LARGEST) as file:
            about = os.fstat(file.fileno())
            self._require_own_links(about)
            try:
                self._lock.take(about, self._patience)
            except PermissionError as error:
                raise PermissionError(error.errno, self._closed()) from error
            self._require_writable(about)
            with self._draft("new") as trial:
                owner = trial.take(Attributes.of(file.fileno()))
        self.remarks = tuple(_remarks(about, owner))

    def _draft(self, kind: str) -> Draft:
        return Draft(self._folder, f".{self._name}.{kind}")

    def _closed(self) -> str:
        """Return why the lock cannot be made."""
        if os.access(".", os.W_OK, dir_fd=self._folder, effective_ids=True):
            lock = self._file.with_name(self._lock.name)
            return f"you may not open {lock}; if nobody edits the list, remove it"
        return (
            "a new version is put in its place, for which you must be able to write in"
            f" {self._file.parent}; use sudo"
        )

    def _require_own_links(self, about: os.stat_result) -> None:
        """See that nobody leads root to a file that they may not write themselves."""
        strangers = self._way.strangers(about.st_uid)
        if strangers:
            whose = " and ".join(map(account_name, sorted(strangers)))
            message = (
                f"a link of {whose} leads to {self._file}, which belongs to"
                f" {account_name(about.st_uid)}; if that is right, name this file"
            )
            raise PermissionError(0, message)

    def _require_writable(self, about: os.stat_result) -> None:
        may = os.access(self._name, os.W_OK, dir_fd=self._folder, effective_ids=True)
        if not may:
            owner = account_name(about.st_uid)
            what_to_do = f"use sudo, or be {owner}" if os.geteuid() else "see lsattr"
            raise PermissionError(0, f"you may not write it; {what_to_do}")

    def _now(self) -> bytes:
        try:
            if not self._leads_here():
                message = "leads to another file than before; nothing was written"
                raise ListError(self.path, Problem(message=message))
            return self._read()
        except OSError as error:
            raise self._failure(_READ, error) from error

    def _leads_here(self) -> bool:
        """Return whether the path still is the way to this file of this folder."""
        found = follow(self.path).file
        folder = os.fstat(self._folder)
        return found.name == self._name and os.path.samestat(
            found.parent.stat(), folder
        )

    def _read(self) -> bytes:
        with open_in_folder(self._folder, self._name, largest=LARGEST) as file:
            return file.read(LARGEST)

    def _release(self) -> None:
        if self._folder != _NOWHERE:
            self._lock.release()
            os.close(self._folder)
            self._folder = _NOWHERE

    def _failure(self, what: str, error: OSError) -> ListError:
        # Of a renaming, it is the place that cannot be taken.
        other = error.filename2
        where = "" if other in {None, self.path.name} else f"{other}: "
        message = f"cannot be {what}: {where}{error.strerror}"
        return ListError(self.path, Problem(message=message))


def _remarks(about: os.stat_result, owner: int) -> Iterator[str]:
    """Yield what a new version will not have as the old one has it."""
    if about.st_nlink > 1:
        yield (
            f"it has {about.st_nlink} names (hard links); only this one gets the new"
            " version"
        )
    if owner != about.st_uid:
        before, after = account_name(about.st_uid), account_name(owner)
        yield (
            f"it belongs to {before} now and to {after} afterwards, as only root can"
            " give files away"
        )
