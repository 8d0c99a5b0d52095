"""The published list as a file."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mirrorsel.state.files import LARGEST, open_state

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
        StateError: as of `mirrorsel.state.files.open_state`.

    """
    with open_state(path) as file:
        changed = os.fstat(file.fileno()).st_mtime_ns // _SECOND
        body = file.read(LARGEST)
    return PublishedList(body=body, changed=datetime.fromtimestamp(changed, UTC))
