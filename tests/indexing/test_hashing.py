"""The hashes of one file."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mirrorsel.indexing.hashing import Hashed, Hasher, piece_length

MIB = 2**20


def hashed(path: Path, size: int, pieces_from: int = 2**40) -> Hashed | None:
    """Return what is found in a file."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return Hasher(pieces_from, lambda _: None).hash(descriptor, size, keep=True)
    finally:
        os.close(descriptor)


@pytest.mark.parametrize("size", [0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB])
def test_whole_file(tmp_path: Path, size: int) -> None:
    """Both hashes and the content are those of the whole file."""
    content = os.urandom(size)
    (tmp_path / "a").write_bytes(content)

    found = hashed(tmp_path / "a", size)

    assert found is not None
    assert found.sha256 == hashlib.sha256(content).digest()
    assert found.sha512 == hashlib.sha512(content).digest()
    assert found.content == content
    assert found.pieces is None


@pytest.mark.parametrize("size", [1, MIB, MIB + 1, 2 * MIB, 5 * MIB - 7])
def test_pieces(tmp_path: Path, size: int) -> None:
    """Each piece has its hashes, the last one too where it is shorter."""
    content = os.urandom(size)
    (tmp_path / "a").write_bytes(content)
    parts = [content[one : one + MIB] for one in range(0, size, MIB)]

    found = hashed(tmp_path / "a", size, pieces_from=1)

    assert found is not None
    assert found.pieces is not None
    assert found.pieces.length == MIB
    assert found.pieces.sha256 == b"".join(hashlib.sha256(p).digest() for p in parts)
    assert found.pieces.sha1 == b"".join(
        hashlib.sha1(p, usedforsecurity=False).digest() for p in parts
    )


@pytest.mark.parametrize("said", [2, 4])
def test_another_size_in_the_end(tmp_path: Path, said: int) -> None:
    """A file that is shorter or longer than it was has no hash."""
    (tmp_path / "a").write_bytes(b"123")

    assert hashed(tmp_path / "a", said) is None


@given(st.integers(0, 2**40))
@example(2000 * MIB)
@example(2000 * MIB + 1)
def test_length_of_pieces(size: int) -> None:
    """There are never more than 2,000, and no larger ones than that takes."""
    length = piece_length(size)

    assert length >= MIB
    assert length.bit_count() == 1
    assert size <= 2000 * length
    assert length == MIB or size > 1000 * length
