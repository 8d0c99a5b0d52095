"""The snapshot file: what the checker last saw, in JSON.

Its object has the members `format`, the number 2, and `snapshot`, a
`mirrorsel.model.Snapshot` with its fields as members; times are in RFC 3339.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from mirrorsel.errors import Problem, StateError
from mirrorsel.model import Snapshot
from mirrorsel.state.files import read_state, write_atomic
from mirrorsel.state.formats import decode

_FORMAT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    format: int
    snapshot: Snapshot


def read_snapshot(path: Path) -> Snapshot:
    """Read a snapshot.

    Raises:
        StateError: it is missing, unreadable, damaged or of an unknown format.

    """
    snapshot = decode(path, read_state(path), _File, _FORMAT).snapshot
    if any(moment.tzinfo is None for moment in _moments(snapshot)):
        raise StateError(path, Problem(message="is damaged: a time without its zone"))
    return snapshot


def write_snapshot(path: Path, snapshot: Snapshot) -> None:
    """Replace the snapshot by a new one, whole.

    Raises:
        StateError: it cannot be written; the old one stands.

    """
    write_atomic(path, msgspec.json.encode(_File(format=_FORMAT, snapshot=snapshot)))


def _moments(snapshot: Snapshot) -> Iterator[datetime]:
    times = [snapshot.taken, snapshot.frozen_since]
    for one in (snapshot.origin, *snapshot.health.values()):
        times += (one.since, one.stamp, one.checked)
        times += (one.certificate.expiry,) if one.certificate else ()
        times += (one.drift.at,) if one.drift else ()
    return (time for time in times if time is not None)
