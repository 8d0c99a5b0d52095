"""Folders in which nobody else can put a link or a file in another's place."""

import os
import stat
from pathlib import Path

from mirrorsel.errors import HttpdError

_WRITABLE = stat.S_IWGRP | stat.S_IWOTH


def make_folder(folder: Path, group: int | None = None) -> None:
    """Make a folder with those above it, as far as they are missing.

    Args:
        folder: The folder.
        group: The id of the group that may list it, while others may only pass
            through it; None for a folder that is closed to all others.

    Raises:
        OSError: it cannot be made, or is a link.

    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700)
        # Whatever the umask: other accounts must be able to enter.
        if group is not None and one != folder:
            one.chmod(0o755)
    # What was looked at is what is changed, whoever puts a link in its place.
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if group is not None:
            os.fchown(descriptor, -1, group)
        os.fchmod(descriptor, 0o700 if group is None else 0o751)
    finally:
        os.close(descriptor)


def make_link(place: Path, folder: Path) -> None:
    """Make a link to a folder, in the place of an earlier link if there is one.

    Raises:
        OSError: it cannot be made, or something else is there.

    """
    if place.is_symlink():
        place.unlink()
    place.symlink_to(folder)


def check_guarded(folder: Path) -> None:
    """Check that a folder is this process's own, and that others cannot replace it.

    Root, whom others would gain by deceiving, needs all folders above it to be
    guarded as well.

    Raises:
        HttpdError: it is a link, or others can write where it lies.

    """
    own = folder.lstat()
    if not stat.S_ISDIR(own.st_mode) or own.st_uid != os.geteuid():
        raise HttpdError(f"{folder} must be a folder of who starts httpd, and no link")
    if own.st_mode & _WRITABLE:
        raise HttpdError(f"{folder} can be written by others")
    if os.geteuid() == 0:
        check_way(folder)


def check_way(folder: Path) -> None:
    """Check that only root can change what lies above a folder, as far as it exists.

    Raises:
        HttpdError: others can.

    """
    for one in {*folder.absolute().parents, *folder.resolve().parents}:
        if one.exists():
            _check_above(one)


def _check_above(folder: Path) -> None:
    about = folder.stat()
    sticky = about.st_mode & stat.S_ISVTX
    if about.st_uid != 0 or (about.st_mode & stat.S_IWOTH and not sticky):
        raise HttpdError(f"{folder} can be written by others than root")
