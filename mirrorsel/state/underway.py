"""The files that say how far the scan of a mirror has come, one a mirror.

Each is a line of JSON, `_Head`, then a byte for each number of a published file: 0
where the mirror has not told of it yet, else its `mirrorsel.model.Presence` and one.
"""

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import msgspec

from mirrorsel.errors import Problem, StateError
from mirrorsel.model import Presence
from mirrorsel.regular import MEBIBYTE
from mirrorsel.state.files import read_state, told, write_atomic
from mirrorsel.state.formats import decode

_FORMAT = 1
_LARGEST = 32 * MEBIBYTE
_HIGHEST = max(Presence) + 1
_NAME = re.compile("[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Underway:
    """How far the scan of one mirror has come."""

    url: str
    """What is listed, which may be another line of the mirror's host."""
    lineage: str
    """Of which index the files' numbers are."""
    prefixes: tuple[str, ...]
    """What the mirror carried when it began."""
    at: float
    """When it began, in seconds of Unix time."""
    listed: int
    """How many files the mirror has told of, published or not."""
    folders: Mapping[str, tuple[str, ...]]
    """Each listed folder with the wanted folders in it."""
    gone: tuple[str, ...] = ()
    """The folders that are not there."""
    hides: bool = False
    """Whether the server may leave names out of its lists."""
    told: bytes
    """For each number from 0 what was told of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    format: int
    count: int
    """How many bytes come behind it."""
    scan: Underway
    """Without what was told."""


def name_of(url: str) -> str:
    """Return the name of the file of what is listed."""
    return sha256(url.encode()).hexdigest()[:16]


def read_underway(folder: Path, url: str) -> Underway:
    """Read how far the scan of a mirror has come.

    Raises:
        StateError: it is missing, unreadable, damaged or of an unknown format.

    """
    path = folder / name_of(url)
    line, _, told = read_state(path).partition(b"\n")
    head = decode(path, line, _Head, _FORMAT)
    scan = head.scan
    if scan.url != url or len(told) != head.count or max(told, default=0) > _HIGHEST:
        raise StateError(path, Problem(message="is damaged"))
    return replace(scan, told=told)


def write_underway(folder: Path, underway: Underway) -> None:
    """Replace the file of a mirror whole; the folder is made if missing.

    Raises:
        StateError: it cannot be written, or would be larger than 32 MiB; the old one
            stands.

    """
    path = folder / name_of(underway.url)
    scan = replace(underway, told=b"", folders=dict(underway.folders))
    head = _Head(format=_FORMAT, count=len(underway.told), scan=scan)
    content = b"".join((msgspec.json.encode(head), b"\n", underway.told))
    if len(content) > _LARGEST:
        message = f"would be larger than {_LARGEST // MEBIBYTE} MiB"
        raise StateError(path, Problem(message=message))
    with contextlib.suppress(OSError):
        # Where that fails, so does the writing, which tells why.
        folder.mkdir(parents=True, exist_ok=True)
    write_atomic(path, content)


def forget_underway(folder: Path, name: str) -> None:
    """Remove the file of that name, if it is there.

    Raises:
        StateError: it cannot be removed.

    """
    path = folder / name
    with told(path, "removed"):
        path.unlink(missing_ok=True)


def tidy_underway(folder: Path) -> set[str]:
    """Return the names of the files that there are, and remove all that is none.

    For whoever alone writes the folder; nothing may be written meanwhile.
    """
    names: set[str] = set()
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if _NAME.fullmatch(path.name):
                names.add(path.name)
            else:
                path.unlink()
    return names
