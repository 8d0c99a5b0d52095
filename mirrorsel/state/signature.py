"""What tells one version of a file from another."""

import os
from pathlib import Path
from typing import TypeAlias

Signature: TypeAlias = tuple[int, int, int, int, int] | None
"""None for a file that is not there."""


def signature(path: str | Path) -> Signature:
    """Return what tells this version of a file from all others."""
    try:
        # Each request for a page asks, and a Path would take longer than the system.
        status = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    # The time of the last change of permissions counts too: a file that could not
    # be read becomes readable without being modified.
    return (
        status.st_mtime_ns,
        status.st_ctime_ns,
        status.st_size,
        status.st_ino,
        # A link may lead to another file system, which counts inodes for itself.
        status.st_dev,
    )
