"""The folders of an instance that one account alone writes."""

import os
from collections.abc import Callable
from pathlib import Path

from mirrorsel.errors import InstanceError
from mirrorsel.httpd.accounts import Account, find_account
from mirrorsel.httpd.inside import make_owned
from mirrorsel.instance.plan import Plan, Role


def make_owned_folders(
    plan: Plan, find: Callable[[str], Account | None] = find_account
) -> tuple[tuple[Path, Role], ...]:
    """Make the folders that are missing; return those that are not their account's.

    Only root can give them away, and what is there stays as it is.

    Raises:
        InstanceError: one cannot be made.

    """
    left = []
    for folder, role in plan.owned:
        account = find(role.user)
        try:
            if not os.path.lexists(folder):
                _make(folder, account)
            if account is None or folder.lstat().st_uid != account.uid:
                left.append((folder, role))
        except OSError as error:
            raise InstanceError(f"{folder}: {error.strerror}") from error
    return tuple(left)


def giving(folder: Path, role: Role) -> tuple[str, ...]:
    """Return the command that gives a folder to its account."""
    owner = (f"--owner={role.user}", f"--group={role.group}")
    return ("install", "--directory", *owner, str(folder))


def _make(folder: Path, account: Account | None) -> None:
    if account is None:
        folder.mkdir()
    else:
        make_owned(folder, account)
