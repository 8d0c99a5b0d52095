"""The logs of a private httpd, which its parent process may open as root."""

import os
import stat
from pathlib import Path

from mirrorsel.errors import HttpdError
from mirrorsel.httpd.folders import check_guarded

_FOLDER_MODE = 0o750
_MODE = 0o640
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def prepare_logs(folder: Path, *names: str) -> None:
    """Make the folder of logs with its files, closed to other accounts.

    httpd follows links, and writes its logs as who started it: so a log must be an
    ordinary file in a folder where only that account can put one.

    Raises:
        HttpdError: the folder or a log cannot be made, or is not this account's own.

    """
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True)
            folder.chmod(_FOLDER_MODE)
    except OSError as error:
        raise HttpdError(f"{folder} cannot be made: {error.strerror}") from error
    check_guarded(folder)
    for name in names:
        _prepare(folder / name)


def _prepare(path: Path) -> None:
    try:
        descriptor = os.open(path, _FLAGS, _MODE)
    except OSError as error:
        message = f"the log {path} cannot be opened, or is a link: {error.strerror}"
        raise HttpdError(message) from error
    try:
        about = os.fstat(descriptor)
        own = stat.S_ISREG(about.st_mode) and about.st_uid == os.geteuid()
        if own and about.st_nlink == 1:
            os.fchmod(descriptor, _MODE)
    finally:
        os.close(descriptor)
    if not own or about.st_nlink != 1:
        raise HttpdError(f"the log {path} must be an ordinary file of its own")
