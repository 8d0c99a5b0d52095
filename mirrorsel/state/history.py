"""The history file: what the status pages tell of the past, in JSON.

Its object has the members `format`, the number 1, and `history`, a
`mirrorsel.health.History` with its fields as members; times are in RFC 3339.
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from mirrorsel.health.history import History
from mirrorsel.state.files import read_state, write_atomic
from mirrorsel.state.formats import decode

_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    format: int
    history: History


def read_history(path: Path) -> History:
    """Read a history.

    Raises:
        StateError: it is missing, unreadable, damaged or of an unknown format.

    """
    return decode(path, read_state(path), _File, _FORMAT).history


def write_history(path: Path, history: History) -> None:
    """Replace the history by a new one, whole.

    Raises:
        StateError: it cannot be written; the old one stands.

    """
    write_atomic(path, msgspec.json.encode(_File(format=_FORMAT, history=history)))
