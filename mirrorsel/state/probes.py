"""The logs of probes: a file for each mirror, one probe a line, newest last.

Each line is a JSON object with the member `format`, the number 1, and `probe`, a
`mirrorsel.model.ProbeResult`. A file's name is made from the mirror's URL.
"""

import os
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path

import msgspec

from mirrorsel.errors import StateError
from mirrorsel.model import ProbeResult
from mirrorsel.state.files import told
from mirrorsel.state.lines import Lines

_FORMAT = 1
# With the file before it, about three days of a mirror that is probed in five minutes.
_SIZE = 128 * 1024
_FOLDER_MODE = 0o755
_KEPT = timedelta(days=30)
# At one go, so that a cycle is not held up; the rest is for the next time.
_MOST_REMOVED = 1000
_LOG = re.compile(r"([0-9a-f]{16})(?:\.1)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    format: int
    probe: ProbeResult


def append_probe(folder: Path, result: ProbeResult) -> None:
    """Add what one probe saw to the log of its mirror; the folder is made if missing.

    Raises:
        StateError: it cannot be written.

    """
    _make(folder)
    line = _Line(format=_FORMAT, probe=result)
    _log(folder, result.url).append(msgspec.json.encode(line) + b"\n")


def append_probes(folder: Path, results: Iterable[ProbeResult]) -> None:
    """Add what probes saw to the logs of their mirrors.

    Raises:
        StateError: one of them cannot be written; all others that can be are.

    """
    first: StateError | None = None
    for result in results:
        try:
            append_probe(folder, result)
        except StateError as error:
            first = first or error
    if first is not None:
        raise first


def read_probes(folder: Path, url: str) -> tuple[ProbeResult, ...]:
    """Return the last probes of a mirror, oldest first; at most 256 KiB are read.

    Raises:
        StateError: there is none, or it cannot be read.

    """
    probes = (line.probe for line in _log(folder, url).read(_Line, _FORMAT))
    return tuple(one for one in probes if one.url == url and _is_sound(one))


def forget_probes(folder: Path, listed: Iterable[str], now: datetime) -> None:
    """Remove the logs of mirrors that were last probed 30 days ago.

    Args:
        folder: The folder of the logs.
        listed: The URLs of mirrors whose logs stay, however old.
        now: The time on the wall.

    Raises:
        StateError: one cannot be removed.

    """
    kept = {_name(url) for url in listed}
    before = (now - _KEPT).timestamp()
    with told(folder, "cleared"), suppress(FileNotFoundError):
        for name in islice(_old(folder, before, kept), _MOST_REMOVED):
            (folder / name).unlink(missing_ok=True)


def _old(folder: Path, before: float, kept: Collection[str]) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = _LOG.fullmatch(entry.name)
            if name is None or name[1] in kept:
                continue
            if entry.stat(follow_symlinks=False).st_mtime < before:
                yield entry.name


def _make(folder: Path) -> None:
    with told(folder, "made"):
        if not folder.is_dir():
            folder.mkdir()
            folder.chmod(_FOLDER_MODE)


def _log(folder: Path, url: str) -> Lines:
    return Lines(path=folder / _name(url), size=_SIZE)


def _name(url: str) -> str:
    return sha256(url.encode()).hexdigest()[:16]


def _is_sound(probe: ProbeResult) -> bool:
    shown = probe.certificate
    moments = (probe.at, probe.stamp, shown.expiry if shown else None)
    return all(one is None or one.tzinfo is not None for one in moments)
