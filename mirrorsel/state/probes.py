"""The logs of probes: a file for each mirror, one probe a line, newest last.

Each line is a JSON object with the member `format`, the number 1, and `probe`, a
`mirrorsel.model.ProbeResult`. A file's name is made from the mirror's URL.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from mirrorsel.model import ProbeResult
from mirrorsel.state.lines import Lines

_FORMAT = 1
# With the file before it, about three days of a mirror that is probed in five minutes.
_SIZE = 128 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    format: int
    probe: ProbeResult


def append_probe(folder: Path, result: ProbeResult) -> None:
    """Add what one probe saw to the log of its mirror.

    Raises:
        StateError: it cannot be written.

    """
    line = _Line(format=_FORMAT, probe=result)
    _log(folder, result.url).append(msgspec.json.encode(line) + b"\n")


def read_probes(folder: Path, url: str) -> tuple[ProbeResult, ...]:
    """Return the last probes of a mirror, oldest first.

    Raises:
        StateError: there is none, or it cannot be read.

    """
    return tuple(line.probe for line in _log(folder, url).read(_Line, _FORMAT))


def _log(folder: Path, url: str) -> Lines:
    name = sha256(url.encode()).hexdigest()[:16]
    return Lines(path=folder / name, size=_SIZE)
