"""A file that a user asks a verb to write."""

import os
import secrets
import stat
from pathlib import Path

from mirrorsel.errors import ListError, Problem


def write_output(output: Path, text: str, *, force: bool) -> None:
    """Write a file whole or not at all.

    A new file has the mode that the umask gives; one that is replaced keeps its own.

    Args:
        output: The file, or a link to it.
        text: What it is to hold, in UTF-8.
        force: Whether it may be there already.

    Raises:
        ListError: it is there already, or cannot be written; it is as it was.

    """
    try:
        _write(output.resolve(), text.encode(), force=force)
    except FileExistsError as error:
        message = "there is such a file already; --force replaces it"
        raise ListError(output, Problem(message=message)) from error
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise ListError(output, Problem(message=message)) from error


def _write(output: Path, content: bytes, *, force: bool) -> None:
    temporary = output.with_name(f".{secrets.token_hex(8)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    descriptor = os.open(temporary, flags, 0o666)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor has no path
            if force and output.exists():
                os.fchmod(descriptor, _mode(output))
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        if force:
            temporary.replace(output)
        else:
            # Unlike a renaming, this takes no other file's place.
            output.hardlink_to(temporary)
    finally:
        temporary.unlink(missing_ok=True)


def _mode(output: Path) -> int:
    about = output.stat()
    if not stat.S_ISREG(about.st_mode):
        raise OSError(0, "it is not an ordinary file", str(output))
    return stat.S_IMODE(about.st_mode)
