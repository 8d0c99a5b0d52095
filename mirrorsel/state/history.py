"""The history file: what the status pages tell of the past, in JSON.

Its object has the members `format`, the number 1, and `history`, a
`mirrorsel.health.History` with its fields as members; times are in RFC 3339.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mirrorsel.errors import Problem, StateError
from mirrorsel.health.history import BUCKETS, CHANGES, HOURS, History, Mark, Track
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
    history = decode(path, read_state(path), _File, _FORMAT).history
    wrong = next(_mistakes(history), None)
    if wrong is not None:
        raise StateError(path, Problem(message=f"is damaged: {wrong}"))
    return history


def write_history(path: Path, history: History) -> None:
    """Replace the history by a new one, whole.

    Raises:
        StateError: it cannot be written; the old one stands.

    """
    write_atomic(path, msgspec.json.encode(_File(format=_FORMAT, history=history)))


def _mistakes(history: History) -> Iterator[str]:
    """Yield what is wrong with a history though it has the right form."""
    tracks = history.tracks.values()
    moments = [history.hour, *(one.at for track in tracks for one in track.changes)]
    if any(moment.tzinfo is None for moment in moments):
        yield "a time without its zone"
    if not all(_is_track(track) for track in tracks):
        yield "hours or changes that cannot be"
    counts = (*history.durations, *history.outcomes.values(), history.seconds)
    if len(history.durations) != len(BUCKETS) + 1 or min(counts) < 0:
        yield "sums that cannot be"


def _is_track(track: Track) -> bool:
    bounded = len(track.hours) <= HOURS and len(track.changes) <= CHANGES
    return bounded and set(track.hours) <= set(Mark)
