"""Copies of files that follow their originals."""

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from mirrorsel.caught import attempt
from mirrorsel.errors import InputError
from mirrorsel.regular import MEBIBYTE, open_regular


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A file and where its copy belongs."""

    original: Path
    copy: Path
    check: Callable[[Path], object]
    """Reads the file as its users will; raises InputError if they cannot use it."""
    largest: int = MEBIBYTE
    """The most bytes that are copied."""


Signature = tuple[int, int, int]
_CHUNK = 1 << 20


class Follower:
    """Keeps copies equal to their originals.

    A copy is replaced whole, so that its readers never see half of it, and has
    its original's time of change. Only what can be used is copied, never just any
    file that someone names. The copy of an original that has gone or cannot be
    read or used stays: it is the last good one.

    Args:
        pairs: The files.
        group: The id of the group that may read copies; None for their owner alone.

    """

    def __init__(self, pairs: tuple[Pair, ...], group: int | None = None) -> None:
        self._pairs = pairs
        self._group = group
        self._seen: dict[Path, Signature | str] = {}

    @property
    def originals(self) -> Mapping[Path, Path]:
        """The originals by their copies."""
        return {pair.copy: pair.original for pair in self._pairs}

    def add(self, pairs: tuple[Pair, ...]) -> None:
        """Follow further files; those that are followed already stay as they are."""
        known = self.originals
        self._pairs += tuple(pair for pair in pairs if pair.copy not in known)

    def poll(self) -> tuple[str, ...]:
        """Copy what has changed since the last call.

        Returns:
            What went wrong, one line a file; a lasting failure is told once.

        """
        told = (self._follow(pair) for pair in self._pairs)
        return tuple(message for message in told if message)

    def _follow(self, pair: Pair) -> str | None:
        before = self._seen.get(pair.original)
        message: str | None
        try:
            with open_regular(pair.original, largest=pair.largest) as source:
                now: Signature | str = _signature(os.fstat(source.fileno()))
                message = None if now == before else self._renew(pair, source)
        except OSError as error:
            now = message = f"{pair.original}: cannot be copied: {error.strerror}"
        self._seen[pair.original] = now
        return message if now != before else None

    def _renew(self, pair: Pair, source: BinaryIO) -> str | None:
        with _temporary(pair.copy) as (temporary, target):
            _copy(source, target, pair.largest)
            # What was checked is what is copied, whatever becomes of the original.
            _, refusal = attempt(partial(pair.check, temporary))
            if refusal is not None:
                return f"{_explain(pair.original, refusal)}; it was not copied"
            self._open_to_readers(target.fileno())
            about = os.fstat(source.fileno())
            os.utime(temporary, ns=(about.st_atime_ns, about.st_mtime_ns))
            temporary.replace(pair.copy)
        return None

    def _open_to_readers(self, descriptor: int) -> None:
        if self._group is not None:
            os.fchown(descriptor, -1, self._group)
            os.fchmod(descriptor, 0o640)


def _signature(about: os.stat_result) -> Signature:
    return about.st_mtime_ns, about.st_size, about.st_ino


@contextlib.contextmanager
def _temporary(copy: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Make a file beside a copy, closed to all others, that is gone in the end."""
    descriptor, name = tempfile.mkstemp(dir=copy.parent, prefix=f".{copy.name}.")
    try:
        with os.fdopen(descriptor, "wb") as target:
            yield Path(name), target
    finally:
        Path(name).unlink(missing_ok=True)


def _copy(source: BinaryIO, target: BinaryIO, largest: int) -> None:
    target.writelines(source.read(_CHUNK) for _ in range(0, largest, _CHUNK))
    target.flush()


def _explain(original: Path, error: BaseException) -> str:
    if not isinstance(error, InputError):
        return f"{original}: cannot be checked: {type(error).__name__}: {error}"
    first, *more = error.problems
    return first.at(original) + (f" and {len(more)} more" if more else "")
