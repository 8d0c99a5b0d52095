"""How the index of published files stands, for those who only show it.

`mirrorsel.indexing.standing` writes the file, with more in it, for those who keep it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mirrorsel.state.files import read_state
from mirrorsel.state.formats import decode

_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRound:
    """What the last whole round of indexing found, as far as all are told of it."""

    ended: datetime | None = None
    """When it ended; null before the first."""
    problem: str = ""
    """Why the last round failed; empty if it did not."""
    seconds: float = 0.0
    """How long it took."""
    files: int = 0
    """Files of the tree."""
    bytes: int = 0
    disputed: int = 0
    """Files that published hash files contradict; no hash of them is handed out."""
    lost: datetime | None = None
    """Since when most files are gone, so that all are kept for now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed(LastRound):
    """How the index stands, whatever else a later version may have found."""

    left_out: Mapping[str, int] = field(default_factory=dict)
    """How many things of the tree are not in the index, by reason."""


def read_indexed(path: Path) -> Indexed:
    """Read how the index stands.

    Raises:
        StateError: it is missing, unreadable, damaged or of an unknown format.

    """
    return decode(path, read_state(path), Indexed, _FORMAT)
