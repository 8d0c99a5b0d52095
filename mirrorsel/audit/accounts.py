"""Which accounts httpd runs under, and what they can write."""

import grp
import pwd
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from os import stat_result

from mirrorsel.audit.acl import Writers
from mirrorsel.audit.directive import Directive, everywhere
from mirrorsel.audit.dump import Facts

_MAPPINGS = frozenset({"wsgiscriptalias", "wsgiscriptaliasmatch", "wsgihandlerscript"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user with its groups, as numbers."""

    name: str
    user: int | None
    groups: frozenset[int]
    serving: bool = True
    """Whether it answers requests; a daemon process may be there for other work."""


def accounts_of(directives: Iterable[Directive], facts: Facts) -> tuple[Account, ...]:
    """Return the accounts of httpd's processes that exist on this machine."""
    found = (
        _account(user, group, serving=serving)
        for user, group, serving in _names(directives, facts)
    )
    return tuple(dict.fromkeys(one for one in found if one is not None))


def writer(
    status: stat_result, accounts: Iterable[Account], named: Writers | None = None
) -> str:
    """Return who besides its owner can write, of the accounts or everybody.

    The superuser is left out: it can write everywhere.

    Args:
        status: what the file's mode and owner are.
        accounts: who should not be able to write.
        named: who the file's access control list names.

    """
    mode = status.st_mode
    if stat.S_ISLNK(mode):
        return ""
    if mode & stat.S_IWOTH and not (stat.S_ISDIR(mode) and mode & stat.S_ISVTX):
        return "everybody"
    listed = named or Writers()
    known = (one.name for one in accounts if _can_write(status, one, listed))
    return next(known, "")


def _can_write(status: stat_result, account: Account, named: Writers) -> bool:
    """Whether rights let an account write; an owner can always get that right."""
    if account.user == 0:
        return False
    if account.user is not None and status.st_uid == account.user:
        return True
    if account.user in named.users or account.groups & named.groups:
        return True
    return bool(status.st_mode & stat.S_IWGRP) and status.st_gid in account.groups


def _names(
    directives: Iterable[Directive], facts: Facts
) -> Iterator[tuple[str, str, bool]]:
    """Return users with their groups, as they are written, and whether they serve."""
    everything = tuple(everywhere(directives))
    last = {one.name: one.first for one in everything if one.name in ("user", "group")}
    yield last.get("user") or facts.user, last.get("group") or facts.group, True
    mapped = frozenset(_mapped(everything))
    for one in everything:
        if one.name == "wsgidaemonprocess":
            options = _options(one)
            if "user" in options or "group" in options:
                # Without a thread it takes no request.
                serving = options.get("threads") != "0" or one.first in mapped
                yield options.get("user", ""), options.get("group", ""), serving


def _mapped(directives: Iterable[Directive]) -> Iterator[str]:
    """Return the process groups that requests are mapped to."""
    for one in directives:
        if one.name == "wsgiprocessgroup":
            yield one.first
        elif one.name in _MAPPINGS:
            yield _options(one).get("process-group", "")


def _options(one: Directive) -> dict[str, str]:
    return dict(word.partition("=")[::2] for word in one.arguments[1:])


def _account(user: str, group: str, *, serving: bool) -> Account | None:
    number = _user(user)
    main = _group(group)
    if number is None and main is None:
        return None
    groups = {one for one in (main,) if one is not None}
    if number is not None:
        groups |= _groups_of(number)
    return Account(
        name=user or group, user=number, groups=frozenset(groups), serving=serving
    )


def _groups_of(user: int) -> set[int]:
    """Return the groups that httpd takes besides the one it is given (initgroups)."""
    try:
        name = pwd.getpwuid(user).pw_name
    except KeyError:
        return set()
    return {one.gr_gid for one in grp.getgrall() if name in one.gr_mem}


def _user(name: str) -> int | None:
    if name.startswith("#") and name[1:].isdigit():
        return int(name[1:])
    try:
        return pwd.getpwnam(name).pw_uid if name else None
    except KeyError:
        return None


def _group(name: str) -> int | None:
    if name.startswith("#") and name[1:].isdigit():
        return int(name[1:])
    try:
        return grp.getgrnam(name).gr_gid if name else None
    except KeyError:
        return None
