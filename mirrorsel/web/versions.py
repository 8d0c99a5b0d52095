"""Versions of files, by which it is known whether they are still as they were read."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Signature: TypeAlias = tuple[int, int, int, int, int] | None
"""What tells one version of a file from another; None if there is none."""


@dataclass(frozen=True, slots=True)
class Versions:
    """Files as they were when something was made of them."""

    read: Sequence[tuple[str, Signature]] = ()

    def are_current(self) -> bool:
        """Return whether every file is still the one that was read."""
        return all(signature(path) == known for path, known in self.read)


def version_of(path: Path) -> tuple[str, Signature]:
    """Return a file as it is now."""
    name = str(path)
    return name, signature(name)


def signature(path: str) -> Signature:
    """Return what tells one version of a file from another; None if there is none."""
    try:
        # Each request asks, and a Path would take longer than the system.
        status = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    return (
        status.st_mtime_ns,
        status.st_ctime_ns,
        status.st_size,
        status.st_ino,
        status.st_dev,
    )
