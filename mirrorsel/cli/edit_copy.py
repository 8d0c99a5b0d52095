"""The private copy of a list that an editor works on."""

import hashlib
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from mirrorsel.cli.list_bytes import read_bytes
from mirrorsel.errors import ListError, Problem

_ORIGINAL = ".orig"
_BEFORE = "~"
_MODE = 0o600
_OTHERS = 0o077
_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateCopy:
    """A copy in a folder of its own that only its owner can enter.

    It outlives whoever made it: what was written is worth more than tidiness.
    """

    file: Path
    """The copy, by the list's name, so that editors know its kind."""
    base: bytes
    """What it was at the beginning; kept beside it."""

    @classmethod
    def make(cls, path: Path, content: bytes) -> Self:
        """Copy the content of the list at a path into a new folder.

        Raises:
            ListError: no file can be made in the folder for temporary files.

        """
        try:
            file = Path(tempfile.mkdtemp(prefix=_prefix(path))) / path.resolve().name
            for one in (_original(file), file):
                one.touch(_MODE, exist_ok=False)
                one.write_bytes(content)
        except OSError as error:
            message = f"no private copy can be made, see TMPDIR: {error.strerror}"
            raise ListError(path, Problem(message=message)) from error
        return cls(file=file, base=content)

    def read(self) -> bytes:
        """Return what it is now; an end that its last line lacks is put there.

        Raises:
            ListError: it is gone, no ordinary file, or too large.

        """
        content = read_bytes(self.file)
        # Elsewhere a list without it may be half written; this one is whole.
        return content if content.endswith(b"\n") or not content else content + b"\n"

    @property
    def changed(self) -> float:
        """When it was written last, in seconds since 1970."""
        return self.file.stat().st_mtime

    def holds_work(self, *known: bytes) -> bool:
        """Return whether somebody has changed it to anything else than is known.

        What an editor has saved beside it for a crash counts too.
        """
        names = {one.name for one in self.file.parent.glob("*")}
        usual = {self.file.name, _original(self.file).name}
        if any(not one.endswith(_BEFORE) for one in names - usual):
            return True
        try:
            return self.file.name in names and self.read() not in {self.base, *known}
        except ListError:
            # What became of it is for a person to see.
            return True

    def remove(self) -> None:
        """Remove it, with all that the editor has left in its folder."""
        shutil.rmtree(self.file.parent, ignore_errors=True)


def left_behind(path: Path, content: bytes) -> PrivateCopy | None:
    """Return the newest copy of a list that this account once left unfinished.

    Whoever asks holds the list, so that no copy is still being worked on.

    Args:
        path: The list.
        content: What it holds; a copy that holds the same is of no use.

    """
    places = Path(tempfile.gettempdir()).glob(f"{_prefix(path)}*")
    files = [one / path.resolve().name for one in places if _is_ours(one)]
    copies = [_found(one) for one in files if one.exists()]
    wanted = [one for one in copies if one and one.holds_work(content)]
    return max(wanted, key=lambda one: one.changed, default=None)


def _prefix(path: Path) -> str:
    digest = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()
    return f"mirrorsel-edit-{digest[:_DIGITS]}-"


def _original(file: Path) -> Path:
    return file.with_name(f"{file.name}{_ORIGINAL}")


def _is_ours(folder: Path) -> bool:
    """Return whether a folder in a place open to all is nobody else's."""
    try:
        about = folder.lstat()
    except FileNotFoundError:
        return False
    return (
        stat.S_ISDIR(about.st_mode)
        and about.st_uid == os.geteuid()
        and not about.st_mode & _OTHERS
    )


def _found(file: Path) -> PrivateCopy | None:
    try:
        return PrivateCopy(file=file, base=read_bytes(_original(file)))
    except ListError:
        return None
