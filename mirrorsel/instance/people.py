"""The accounts of an instance."""

import shlex
import subprocess
from collections.abc import Callable

from mirrorsel.errors import InstanceError
from mirrorsel.httpd.accounts import Account, find_account
from mirrorsel.instance.plan import Plan, Role

_SECONDS = 60


def missing_accounts(
    plan: Plan, find: Callable[[str], Account | None] = find_account
) -> tuple[Role, ...]:
    """Return the accounts of a plan that this system does not have."""
    roles = dict.fromkeys((plan.web, plan.checker))
    return tuple(one for one in roles if find(one.user) is None)


def making(role: Role) -> tuple[str, ...]:
    """Return the command that makes an account that nobody can log in to."""
    return (
        "useradd",
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
        role.user,
    )


def make_account(role: Role) -> None:
    """Make an account.

    Raises:
        InstanceError: it cannot be made.

    """
    command = making(role)
    try:
        done = subprocess.run(  # noqa: S603 - the system's own program, without a shell
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InstanceError(f"{shlex.join(command)}: {error}") from error
    if done.returncode:
        raise InstanceError(f"{shlex.join(command)}: {done.stderr.strip()}")
