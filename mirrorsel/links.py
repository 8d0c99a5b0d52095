"""The way to a file, followed link by link, so that nobody leads root astray."""

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

# As many as the system follows.
_MOST = 40
_LOOK = os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC
_FOLDER = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_ROOT = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where a path leads, and by whose links."""

    file: Path
    """The path without links, as far as it exists."""
    owners: frozenset[int]
    """Those of the symbolic links on the way."""

    def strangers(self, owner: int) -> frozenset[int]:
        """Return whose links should not lead this process to a file of an owner.

        Root may write what is not the link's owner's: it follows its own links, and
        those of who owns the file, as httpd does under ``SymLinksIfOwnerMatch``.
        Others follow all, since the system keeps them from what is not theirs.
        """
        return self.owners - {_ROOT, owner} if os.geteuid() == _ROOT else frozenset()


def follow(path: Path) -> Way:
    """Return the way that a path leads; its last parts may be missing.

    Raises:
        OSError: it cannot be followed, or leads in a circle.

    """
    rest, found = _parts(path.absolute()), Path(path.absolute().anchor)
    owners: list[int] = []
    while rest:
        name = rest.pop()
        try:
            link = None if name == ".." else _link(found / name)
        except FileNotFoundError:
            rest.append(name)
            found = found.joinpath(*reversed(rest))
            break
        if link is None:
            # Nothing before it is a link any more.
            found = found.parent if name == ".." else found / name
            continue
        owner, target = link
        owners.append(owner)
        if len(owners) > _MOST:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
        rest += _parts(target)
        found = Path(target.anchor) if target.is_absolute() else found
    return Way(file=found, owners=frozenset(owners))


def open_folder(folder: Path) -> int:
    """Return the descriptor of a folder, given by a path without any link.

    Raises:
        OSError: it cannot be opened, or there is a link on the way by now.

    """
    names = folder.parts[1:]
    descriptor = os.open(folder.anchor, _FOLDER | (os.O_PATH if names else os.O_RDONLY))
    for place, name in enumerate(names, start=1):
        flags = _FOLDER | (os.O_PATH if place < len(names) else os.O_RDONLY)
        try:
            below = os.open(name, flags, dir_fd=descriptor)
        finally:
            os.close(descriptor)
        descriptor = below
    return descriptor


def _parts(path: Path) -> list[str]:
    """Return the names of a path, the first one last."""
    return [one for one in reversed(path.parts) if one != path.anchor]


def _link(path: Path) -> tuple[int, Path] | None:
    """Return the owner of a link and what it says; None of what is no link."""
    descriptor = os.open(path, _LOOK)
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISLNK(about.st_mode):
            return None
        # Of the very link whose owner was seen, whatever has its name by now.
        return about.st_uid, Path(os.readlink("", dir_fd=descriptor))
    finally:
        os.close(descriptor)
