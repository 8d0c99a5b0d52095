"""The programs that httpd would start just to read its configuration."""

import os
import posixpath
import stat
from collections.abc import Iterable, Iterator

from mirrorsel.audit.directive import Directive, everywhere
from mirrorsel.audit.dump import Facts
from mirrorsel.audit.program import programs
from mirrorsel.audit.server import servers_of

# What httpd runs or loads by the mere reading; it does so with `-t` too.
_STARTED = frozenset(
    {
        *("loadmodule", "loadfile"),
        *("authldapbindpassword", "sessioncryptopassphrase", "sslpassphrasedialog"),
        *("perlrequire", "perlconfigrequire", "perlswitches"),
    }
)


def foreign(directives: Iterable[Directive], facts: Facts) -> Iterator[str]:
    """Return why httpd must not be asked, as sentences.

    A program of a published folder, or one that others than its owner can change, is
    not started: the audit may run under an account with more rights than theirs.
    """
    written = tuple(directives)
    servers = servers_of(written, facts)
    for one in everywhere(written):
        for path in programs(one, facts.root):
            if any(server.tree_at(path) for server in servers):
                yield f"{one.place}: {path} lies in a published folder"
            elif one.name in _STARTED and _changeable(path):
                yield f"{one.place}: others than root can change {path}"


def _changeable(path: str) -> bool:
    """Whether others than the superuser and the one who asks can change a file."""
    real = os.path.realpath(path)
    while not _writable(real):
        if real == "/":
            return False
        real = posixpath.dirname(real)
    return True


def _writable(path: str) -> bool:
    try:
        status = os.stat(path)  # noqa: PTH116 - the path is a text everywhere
    except OSError:
        # What is not there is not run.
        return False
    if status.st_uid not in (0, os.geteuid()):
        return True
    sticky = stat.S_ISDIR(status.st_mode) and status.st_mode & stat.S_ISVTX
    by_group = status.st_mode & stat.S_IWGRP and status.st_gid not in (0, os.getegid())
    return not sticky and bool(by_group or status.st_mode & stat.S_IWOTH)
