"""The system accounts under which httpd's processes run."""

import grp
import os
import pwd
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from mirrorsel.errors import HttpdError

HTTPD = ("www-data", "apache", "httpd", "nobody")
"""The names under which systems know httpd's own account."""
WEB = "mirrorsel"
CHECKER = "mirrorsel-checker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A system account with the group that its processes have."""

    user: str
    group: str
    uid: int
    gid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """Who runs what."""

    httpd: Account
    """Accepts connections."""
    web: Account
    """Answers requests; it writes counts, and nothing else."""
    checker: Account
    """Probes mirrors; it alone writes the state folder."""

    @property
    def parted(self) -> bool:
        """Whether the checker's files are out of reach of the web processes."""
        return self.web.uid != self.checker.uid


Find = Callable[[str], Account | None]


def find_account(name: str) -> Account | None:
    """Return the account of that name; None if there is none."""
    try:
        return _account(pwd.getpwnam(name))
    except KeyError:
        return None


def choose_accounts(
    *,
    uid: int | None = None,
    find: Find = find_account,
    httpd: Sequence[str] = HTTPD,
) -> Accounts:
    """Choose the accounts for a private httpd.

    Root takes httpd's own, and for mirrorsel's two parts the accounts made for
    them where they exist; anyone else can only run everything as themselves.

    Args:
        uid: the user who starts httpd; by default this process's.
        find: how an account is found by name.
        httpd: the names that httpd's account may have.

    Raises:
        HttpdError: root has no account for httpd to change to.

    """
    starter = os.geteuid() if uid is None else uid
    if starter != 0:
        own = _account(pwd.getpwuid(starter))
        return Accounts(httpd=own, web=own, checker=own)
    server = next((one for name in httpd if (one := find(name))), None)
    if server is None:
        raise HttpdError(f"httpd needs an account named {' or '.join(httpd)}")
    web = find(WEB) or server
    # In one group, so that both can read what is closed to everybody else.
    checker = replace(find(CHECKER) or server, group=web.group, gid=web.gid)
    return Accounts(httpd=server, web=web, checker=checker)


def _account(entry: pwd.struct_passwd) -> Account:
    group = grp.getgrgid(entry.pw_gid).gr_name
    return Account(user=entry.pw_name, group=group, uid=entry.pw_uid, gid=entry.pw_gid)
