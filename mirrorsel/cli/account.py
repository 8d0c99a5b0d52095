"""The account whose files a verb writes."""

import os
import pwd
from pathlib import Path

from mirrorsel.cli.complaint import complain
from mirrorsel.errors import Problem, StateError


def go_on_as_owner(folder: Path) -> None:
    """Become the owner of the state folder, where root was about to write; say so.

    Raises:
        StateError: root was asked to write in a folder that is not there.

    """
    account = become_owner(folder)
    if account is not None:
        complain(f"going on as {account}, who owns {folder}")


def become_owner(folder: Path) -> str | None:
    """Go on as the account that owns a folder, where root was about to write in it.

    Files of root's there would keep that account from writing them later. It is for
    good: the process does not become root again.

    Args:
        folder: The state folder.

    Returns:
        The name of the account, or its number; None where nothing had to be done.

    Raises:
        StateError: root was asked to write in a folder that is not there.

    """
    if os.geteuid() != 0:
        return None
    try:
        owner = folder.stat()
    except OSError as error:
        message = f"{error.strerror}: it is made by the checker, so start that first"
        raise StateError(folder, Problem(message=message)) from error
    if owner.st_uid == 0:
        return None
    try:
        name = pwd.getpwuid(owner.st_uid).pw_name
        os.initgroups(name, owner.st_gid)
    except KeyError:
        name = str(owner.st_uid)
        os.setgroups([])
    os.setgid(owner.st_gid)
    os.setuid(owner.st_uid)
    return name
