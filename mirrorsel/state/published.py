"""The published list as a file."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mirrorsel.errors import Problem, StateError
from mirrorsel.regular import MEBIBYTE, open_regular

_LARGEST = 64 * MEBIBYTE
_SECOND = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedList:
    """One version of it."""

    body: bytes
    changed: datetime
    """When it was written, in whole seconds."""


def read_published(path: Path) -> PublishedList:
    """Read the list that was published last.

    Raises:
        StateError: it is missing, cannot be read, is no ordinary file, is larger
            than 64 MiB or a link to the file of another owner.

    """
    try:
        with open_regular(path, largest=_LARGEST, follow=False) as file:
            changed = os.fstat(file.fileno()).st_mtime_ns // _SECOND
            body = file.read(_LARGEST)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise StateError(path, Problem(message=message)) from error
    return PublishedList(body=body, changed=datetime.fromtimestamp(changed, UTC))
