"""How far one round of indexing has come."""

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """What a round is doing."""

    LOOK = "look"
    """It looks at all files, to see which are new or changed."""
    READ = "read"
    """It reads those."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a round has come."""

    phase: Phase
    files: int = 0
    """Files of the tree that were seen."""
    bytes: int = 0
    """Their size in all."""
    due_files: int = 0
    """Files that are new or changed."""
    due_bytes: int = 0
    done_files: int = 0
    """Of these, what was taken in or left out."""
    done_bytes: int = 0
