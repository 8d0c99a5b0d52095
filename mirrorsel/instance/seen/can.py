"""What an account can do with files, tried as that account where we may."""

import json
import os
import stat
import subprocess
from collections.abc import Sequence
from pathlib import Path

from mirrorsel.doctor.rights import Deed
from mirrorsel.httpd.accounts import Account
from mirrorsel.httpd.python import interpreter

Wish = tuple[Deed, Path]
"""Something that an account may be able to do."""

_BITS = {Deed.READ: os.R_OK, Deed.ENTER: os.X_OK, Deed.WRITE: os.W_OK | os.X_OK}
_FILE_WRITE = os.W_OK
# Tells of each path whether its mode, its lists and its file system let us, and
# whether it is ours, so that we could change the mode.
_TRY = """
import json, os, sys
def held(path, bits):
    try:
        os.stat(path)
    except PermissionError:
        return False
    except OSError:
        return None
    return os.access(path, bits)
print(json.dumps([held(path, bits) for path, bits in json.load(sys.stdin)]))
"""
_SECONDS = 60


def can(account: Account, wishes: Sequence[Wish]) -> list[bool | None]:
    """Return which wishes come true for an account; None where nobody can tell.

    Root tries them as that account, which heeds access control lists and whatever
    else decides; others can only read the modes.
    """
    asked = [(path, _bits(deed, path)) for deed, path in wishes]
    if account.uid == os.geteuid() or os.geteuid() == 0:
        found = _tried(account, asked)
        if found is not None:
            return found
    return [by_mode(account, deed, path) for deed, path in wishes]


def by_mode(account: Account, deed: Deed, path: Path) -> bool | None:
    """Return what modes say an account can do; None where they cannot be seen."""
    groups = set(os.getgrouplist(account.user, account.gid))
    try:
        real = path.resolve(strict=True)
        above = [(one.stat(), os.X_OK) for one in real.parents]
        steps = [*above, (real.stat(), _bits(deed, real))]
    except OSError:
        return None
    return all(_allowed(account, groups, about, bits) for about, bits in steps)


def _bits(deed: Deed, path: Path) -> int:
    # A folder is written by who may also enter it.
    return _FILE_WRITE if deed is Deed.WRITE and not path.is_dir() else _BITS[deed]


def _tried(
    account: Account, asked: Sequence[tuple[Path, int]]
) -> list[bool | None] | None:
    """Return what a process of that account finds; None if none can be started."""
    own = account.uid == os.geteuid()
    groups = os.getgrouplist(account.user, account.gid)
    try:
        done = subprocess.run(  # noqa: S603 - our own program, run by our own Python
            [interpreter(), "-I", "-c", _TRY],
            input=json.dumps([(str(path), bits) for path, bits in asked]),
            cwd="/",
            capture_output=True,
            text=True,
            check=True,
            timeout=_SECONDS,
            user=None if own else account.uid,
            group=None if own else account.gid,
            extra_groups=None if own else groups,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    found: list[bool | None] = json.loads(done.stdout)
    return found


def _allowed(
    account: Account, groups: set[int], about: os.stat_result, bits: int
) -> bool:
    if account.uid == 0:
        return True
    mode = stat.S_IMODE(about.st_mode)
    if account.uid == about.st_uid:
        mode >>= 6
    elif about.st_gid in groups:
        mode >>= 3
    return mode & bits == bits
