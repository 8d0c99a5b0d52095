"""A list as a file."""

import os
from collections.abc import Container
from pathlib import Path

from mirrorsel.errors import ListError, Problem
from mirrorsel.lists.reader import MARK, Loaded, parse
from mirrorsel.lists.times import instant
from mirrorsel.model import MirrorList
from mirrorsel.regular import MEBIBYTE, open_regular

LARGEST = 16 * MEBIBYTE
"""The most bytes that a list may have."""


def load(path: Path, *, countries: Container[str] | None = None) -> Loaded:
    """Read a list, with whatever is wrong with its lines.

    `countries` are the known country codes, see `mirrorsel.lists.parse`.

    Raises:
        ListError: it is missing, unreadable, no ordinary file, larger than 16 MiB
            or not UTF-8 text.

    """
    try:
        with open_regular(path, largest=LARGEST) as file:
            changed = os.fstat(file.fileno()).st_mtime
            content = file.read(LARGEST)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        problem = Problem(message=message, code="unreadable-file")
        raise ListError(path, problem) from error
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
    """Return the text of a list, of which these are the bytes.

    Raises:
        ListError: it is not UTF-8; its problem has the place.

    """
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        start = content.rfind(b"\n", 0, error.start) + 1
        before = content[start : error.start].decode().removeprefix(MARK)
        problem = Problem(
            message="is not UTF-8 text",
            line=content.count(b"\n", 0, error.start) + 1,
            column=len(before) + 1,
            code="not-utf-8",
        )
        raise ListError(path, problem) from error
