"""A list as a file."""

import os
from collections.abc import Container
from pathlib import Path

from mirrorsel.errors import ListError, Problem
from mirrorsel.lists.reader import Loaded, parse
from mirrorsel.lists.times import instant
from mirrorsel.model import MirrorList
from mirrorsel.regular import MEBIBYTE, open_regular

_LARGEST = 16 * MEBIBYTE


def load(path: Path, *, countries: Container[str] | None = None) -> Loaded:
    """Read a list, with whatever is wrong with its lines.

    `countries` are the known country codes, see `mirrorsel.lists.parse`.

    Raises:
        ListError: it is missing, unreadable, no ordinary file, larger than 16 MiB
            or not UTF-8 text.

    """
    try:
        with open_regular(path, largest=_LARGEST) as file:
            changed = os.fstat(file.fileno()).st_mtime
            content = file.read(_LARGEST)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise ListError(path, Problem(message=message)) from error
    text = decode(path, content)
    return parse(text, instant(changed), countries=countries)


def require(path: Path, *, countries: Container[str] | None = None) -> MirrorList:
    """Return a list in which everything is right.

    `countries` are the known country codes, see `mirrorsel.lists.parse`.

    Raises:
        ListError: it cannot be read, as in `load`, or one of its lines is wrong.

    """
    return require_loaded(path, countries=countries).list


def require_loaded(path: Path, *, countries: Container[str] | None = None) -> Loaded:
    """Return the same list with its text.

    Raises:
        ListError: as in `require`.

    """
    loaded = load(path, countries=countries)
    if not loaded.ok:
        raise ListError(path, *loaded.errors)
    return loaded


def decode(path: Path, content: bytes) -> str:
    """Return what a list says.

    Raises:
        ListError: it is not UTF-8 text.

    """
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        start = content.rfind(b"\n", 0, error.start) + 1
        problem = Problem(
            message="is not UTF-8 text",
            line=content.count(b"\n", 0, error.start) + 1,
            column=len(content[start : error.start].decode()) + 1,
        )
        raise ListError(path, problem) from error
