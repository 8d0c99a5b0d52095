"""The file that says how the last scan of each mirror went, in JSON.

Its object has the members `format`, the number 1, and `mirrors`, a `LastScan` by the
mirror's URL with its fields as members.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from mirrorsel.state.files import read_state, write_atomic
from mirrorsel.state.formats import decode

_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LastScan:
    """How the last scan of one mirror went; times in seconds of Unix time."""

    ended: float
    seconds: float = 0.0
    """How long it took."""
    failures: int = 0
    """How many failed in a row; 0 after one that was whole."""
    outcome: str = ""
    """The `mirrorsel.model.Outcome` of one that failed."""
    detail: str = ""
    """More about it for a person; may contain text that the mirror sent."""
    unscannable: bool = False
    """Whether the mirror offers no list of its files."""
    folders: int = 0
    """How many folders were listed."""
    unlisted: int = 0
    """How many could not be listed."""
    listed: int = 0
    """How many files the mirror told of."""
    held: int = 0
    missing: int = 0
    wrong: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    format: int
    mirrors: dict[str, LastScan] = field(default_factory=dict)


def read_scans(path: Path) -> Mapping[str, LastScan]:
    """Read how the last scans went.

    Raises:
        StateError: it is missing, unreadable, damaged or of an unknown format.

    """
    return decode(path, read_state(path), _File, _FORMAT).mirrors


def write_scans(path: Path, scans: Mapping[str, LastScan]) -> None:
    """Replace the file whole.

    Raises:
        StateError: it cannot be written; the old one stands.

    """
    content = _File(format=_FORMAT, mirrors=dict(scans))
    write_atomic(path, msgspec.json.encode(content))
