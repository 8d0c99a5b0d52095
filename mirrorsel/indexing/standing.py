"""The file that says how the index stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from mirrorsel.indexing.crosscheck import Disputed
from mirrorsel.indexing.omission import UNREADABLE, Example, Omission
from mirrorsel.indexing.progress import Progress
from mirrorsel.state.files import read_state, write_atomic
from mirrorsel.state.formats import decode
from mirrorsel.state.indexed import LastRound

_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexStanding(LastRound):
    """How the index stands, for those who keep it; times are in RFC 3339."""

    format: int = _FORMAT
    root: str
    """The folder or the URL of the tree."""
    at: datetime
    """When this was true."""
    progress: Progress | None = None
    """How far the round under way has come; null between rounds."""
    read_files: int = 0
    """Files that were new or changed."""
    read_bytes: int = 0
    gone: int = 0
    """Files that were not there any more."""
    confirmed: int = 0
    """Files that published hash files have right."""
    disputed_files: tuple[Disputed, ...] = ()
    """The first of those that they contradict, by path."""
    left_out: Mapping[Omission, int] = field(default_factory=dict)
    """How many things of the tree are not in the index, by reason."""
    examples: tuple[Example, ...] = ()
    """A few of them, of each reason some."""


def has_findings(standing: IndexStanding) -> bool:
    """Return whether somebody has to look at the tree."""
    unreadable = any(one in UNREADABLE for one in standing.left_out)
    return bool(standing.disputed or unreadable or standing.lost)


def read_standing(path: Path) -> IndexStanding:
    """Read how the index stands.

    Raises:
        StateError: it is missing, unreadable, damaged or of an unknown format.

    """
    return decode(path, read_state(path), IndexStanding, _FORMAT)


def write_standing(path: Path, standing: IndexStanding) -> None:
    """Replace the file whole.

    Raises:
        StateError: it cannot be written; the old one stands.

    """
    write_atomic(path, msgspec.json.encode(standing))
