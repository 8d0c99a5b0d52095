"""The hashes of one file, in one pass."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass

from mirrorsel.model import Pieces

# Large enough that other threads work meanwhile: hashlib lets go of the interpreter.
_BLOCK = 2**20
_PIECE = 2**20
_MOST_PIECES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashed:
    """What was found in a file."""

    sha256: bytes
    sha512: bytes
    pieces: Pieces | None
    content: bytes | None
    """All of it, where that was asked for."""


class Hasher:
    """Hashes files, one after another.

    Args:
        pieces_from: The size in bytes from which pieces are hashed too.
        step: Called after each block with its bytes; may raise to end it.

    """

    def __init__(self, pieces_from: int, step: Callable[[int], None]) -> None:
        self._pieces_from = pieces_from
        self._step = step
        self._block = memoryview(bytearray(_BLOCK))

    def hash(self, descriptor: int, size: int, *, keep: bool = False) -> Hashed | None:
        """Return the hashes of an open file; None if it has another size in the end.

        Args:
            descriptor: The file, open for reading at its beginning.
            size: How many bytes it had when that was asked last.
            keep: Whether to return the content too.

        """
        sha256, sha512 = hashlib.sha256(), hashlib.sha512()
        pieces = _Pieces(piece_length(size)) if size >= self._pieces_from else None
        kept: list[bytes] = []
        read = 0
        while count := os.readv(descriptor, [self._block]):
            read += count
            if read > size:
                return None
            block = self._block[:count]
            sha256.update(block)
            sha512.update(block)
            if pieces is not None:
                pieces.update(block)
            if keep:
                kept.append(bytes(block))
            self._step(count)
        if read != size:
            return None
        return Hashed(
            sha256=sha256.digest(),
            sha512=sha512.digest(),
            pieces=pieces.finish() if pieces is not None else None,
            content=b"".join(kept) if keep else None,
        )


class _Pieces:
    """The hashes of pieces, while their file passes by."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._done: tuple[list[bytes], list[bytes]] = [], []
        self._begin()

    def update(self, block: memoryview) -> None:
        while block:
            part = block[: self._length - self._filled]
            self._sha256.update(part)
            self._sha1.update(part)
            self._filled += len(part)
            block = block[len(part) :]
            if self._filled == self._length:
                self._end()

    def finish(self) -> Pieces:
        if self._filled:
            self._end()
        sha256, sha1 = (b"".join(one) for one in self._done)
        return Pieces(length=self._length, sha256=sha256, sha1=sha1)

    def _begin(self) -> None:
        self._filled = 0
        self._sha256 = hashlib.sha256()
        # What BitTorrent wants, which is no proof here.
        self._sha1 = hashlib.sha1(usedforsecurity=False)

    def _end(self) -> None:
        self._done[0].append(self._sha256.digest())
        self._done[1].append(self._sha1.digest())
        self._begin()


def piece_length(size: int) -> int:
    """Return the length of the pieces of a file: a power of two, at least 1 MiB.

    It is so large that there are at most 2,000.
    """
    length = _PIECE
    while size > length * _MOST_PIECES:
        length *= 2
    return length
