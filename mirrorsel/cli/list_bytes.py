"""The bytes of a list, from a file or from standard input."""

import sys
from pathlib import Path
from typing import BinaryIO

from mirrorsel.errors import ListError, Problem
from mirrorsel.lists.file import LARGEST
from mirrorsel.regular import MEBIBYTE, read_regular

STDIN = Path("-")
"""The path that stands for standard input."""
_NAME = Path("<stdin>")


def shown_path(path: Path) -> Path:
    """Return a path as messages name it."""
    return _NAME if path == STDIN else path


def read_bytes(path: Path, stdin: BinaryIO | None = None) -> bytes:
    """Return what a list holds.

    Args:
        path: The file, or `STDIN`.
        stdin: Standard input; by default that of this process.

    Raises:
        ListError: it cannot be read, or is larger than 16 MiB.

    """
    try:
        if path != STDIN:
            return read_regular(path, largest=LARGEST)
        content = (stdin or sys.stdin.buffer).read(LARGEST + 1)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    if len(content) > LARGEST:
        raise _unreadable(path, f"it is larger than {LARGEST // MEBIBYTE} MiB")
    return content


def _unreadable(path: Path, why: str) -> ListError:
    problem = Problem(message=f"cannot be read: {why}", code="unreadable-file")
    return ListError(shown_path(path), problem)
