"""The file that says how the last scan of each mirror went, in JSON.

Its object has the members `format`, the number 1, and `mirrors`, a
`mirrorsel.model.LastScan` by the mirror's URL with its fields as members.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from mirrorsel.model import LastScan
from mirrorsel.state.files import read_state, write_atomic
from mirrorsel.state.formats import decode

_FORMAT = 1


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
