"""Copies of files that follow their originals."""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A file and where its copy belongs."""

    original: Path
    copy: Path


Signature = tuple[int, int, int]
_CHUNK = 1 << 20


class Follower:
    """Keeps copies equal to their originals.

    A copy is replaced whole, so that its readers never see half of it, and has
    its original's time of change. The copy of an original that has gone or
    cannot be read stays: it is the last good one.
    """

    def __init__(self, pairs: tuple[Pair, ...]) -> None:
        self._pairs = pairs
        self._seen: dict[Path, Signature | str] = {}

    @property
    def originals(self) -> Mapping[Path, Path]:
        """The originals by their copies."""
        return {pair.copy: pair.original for pair in self._pairs}

    def poll(self) -> tuple[str, ...]:
        """Copy what has changed since the last call.

        Returns:
            What went wrong, one line a file; a lasting failure is told once.

        """
        told = (self._follow(pair) for pair in self._pairs)
        return tuple(message for message in told if message)

    def _follow(self, pair: Pair) -> str | None:
        before = self._seen.get(pair.original)
        try:
            with pair.original.open("rb") as source:
                about = os.fstat(source.fileno())
                now: Signature | str = _signature(about)
                if now != before:
                    _replace(source, pair.copy, about)
        except OSError as error:
            now = f"{pair.original}: cannot be copied: {error.strerror}"
        self._seen[pair.original] = now
        return now if isinstance(now, str) and now != before else None


def _signature(about: os.stat_result) -> Signature:
    return about.st_mtime_ns, about.st_size, about.st_ino


def _replace(source: BinaryIO, copy: Path, about: os.stat_result) -> None:
    descriptor, name = tempfile.mkstemp(dir=copy.parent, prefix=f".{copy.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as target:
            while chunk := source.read(_CHUNK):
                target.write(chunk)
            os.fchmod(descriptor, 0o644)
        os.utime(temporary, ns=(about.st_atime_ns, about.st_mtime_ns))
        temporary.replace(copy)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
