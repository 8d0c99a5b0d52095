"""What an account may read or write, found out by trying as that account."""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import mirrorsel
from mirrorsel.errors import HttpdError
from mirrorsel.httpd.accounts import Account
from mirrorsel.httpd.python import interpreter

_IMPORT = "import mirrorsel"
# Opening a named pipe would wait for its writer.
_READ = (
    "import os, stat, sys; file = os.open(sys.argv[1], os.O_RDONLY | os.O_NONBLOCK);"
    " sys.exit(not stat.S_ISREG(os.fstat(file).st_mode))"
)
_WRITE = "import sys, tempfile; tempfile.TemporaryFile(dir=sys.argv[1]).close()"
# A folder's own `.` is found by those alone who may pass through the folder.
_ENTER = "import os, sys; os.stat(os.path.join(sys.argv[1], '.'))"
_SECONDS = 60


def check_package(
    account: Account,
    python: Path | None = None,
    package: Path = Path(mirrorsel.__file__).parent,
) -> None:
    """Check that an account can run a Python and import mirrorsel.

    Args:
        account: who is to run it.
        python: the interpreter; by default this process's.
        package: where mirrorsel lies.

    Raises:
        HttpdError: it cannot; the message names the closed folder and what to do.

    """
    program = python or interpreter()
    if _can(account, program, _IMPORT):
        return
    places = (program, program.resolve(), package)
    closed = next(
        (one for place in places if (one := closed_folder(account, place))), None
    )
    where = f"cannot enter {closed}" if closed else f"cannot read {package}"
    raise HttpdError(
        f"the account {account.user} {where}, where mirrorsel or its Python lies:"
        " install both in a folder that everybody can read, such as /opt"
    )


def check_readable(account: Account, files: Iterable[Path]) -> None:
    """Check that an account can read ordinary files, those that exist.

    Raises:
        HttpdError: it cannot; the message names the first such file.

    """
    for file in files:
        if file.exists() and not _can(account, interpreter(), _READ, file):
            raise HttpdError(
                f"the account {account.user} cannot read {file}:"
                " allow it, or name a file beside the settings file by a relative path"
            )


def check_passable(account: Account, folder: Path) -> None:
    """Check that an account can look for names in a folder, if it exists.

    Raises:
        HttpdError: it cannot; the message names the closed folder and what to do.

    """
    if folder.exists() and not _can(account, interpreter(), _ENTER, folder):
        closed = closed_folder(account, folder / "any") or folder
        raise HttpdError(
            f"the account {account.user} cannot enter {closed}, and so not look"
            f" into {folder}: let it pass, as `chmod o+x {closed}` does, or keep that"
            " folder where everybody can enter, such as below /srv"
        )


def check_writable(account: Account, folder: Path) -> None:
    """Check that an account can make files in a folder.

    Raises:
        HttpdError: it cannot, or there is no such folder.

    """
    if not _can(account, interpreter(), _WRITE, folder):
        raise HttpdError(
            f"the account {account.user} cannot write to {folder}:"
            f" make that folder and give it to {account.user}"
        )


def closed_folder(account: Account, path: Path) -> Path | None:
    """Return the outermost folder above a path that an account cannot enter."""
    folders = reversed(path.absolute().parents)
    return next((one for one in folders if not _enters(account, one)), None)


def _can(account: Account, python: Path, program: str, *arguments: Path) -> bool:
    command = [str(python), "-I", "-c", program, *map(str, arguments)]
    try:
        done = subprocess.run(  # noqa: S603 - our own programs, run by our own Python
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            **_identity(account),
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _identity(account: Account) -> dict[str, Any]:
    if account.uid == os.geteuid():
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def _enters(account: Account, folder: Path) -> bool:
    about = folder.stat()
    if account.uid == about.st_uid:
        return bool(about.st_mode & 0o100)
    if account.gid == about.st_gid:
        return bool(about.st_mode & 0o010)
    return bool(about.st_mode & 0o001)
