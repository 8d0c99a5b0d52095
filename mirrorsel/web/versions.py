"""Versions of files, by which it is known whether they are still as they were read."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from mirrorsel.state.signature import Signature, signature

Version: TypeAlias = tuple[str, Signature]
"""The path of a file, and what tells this version of it from others."""


@dataclass(frozen=True, slots=True)
class Versions:
    """Files as they were when something was made of them."""

    read: Sequence[Version] = ()

    def are_current(self) -> bool:
        """Return whether every file is still the one that was read."""
        return all(signature(path) == known for path, known in self.read)


def version_of(path: Path) -> Version:
    """Return a file as it is now."""
    name = str(path)
    return name, signature(name)
