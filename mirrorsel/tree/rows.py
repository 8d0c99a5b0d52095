"""The rows of an index as values; what has other types than it should is refused."""

from typing import Any

from mirrorsel.model import Pieces, PublishedFile, joined

COLUMNS = "number, name, size, modified, sha256, sha512, disputed"
"""What `file_of` takes, in this order."""
_TYPES = (int, str, int | None, int, bytes, bytes, str)
_SHA256, _SHA512, _SHA1 = 32, 64, 20


def file_of(folder: str, row: tuple[Any, ...]) -> PublishedFile:
    """Return a file of a folder.

    Raises:
        ValueError: it is none.

    """
    number, name, size, modified, sha256, sha512, disputed = row
    typed = all(map(isinstance, (*row, folder), (*_TYPES, str)))
    if not typed or len(sha256) not in {0, _SHA256} or len(sha512) not in {0, _SHA512}:
        raise ValueError("a row that is no file")
    return PublishedFile(
        path=joined(folder, name),
        number=number,
        size=size,
        modified=modified,
        sha256=sha256,
        sha512=sha512,
        disputed=disputed,
    )


def pieces_of(row: tuple[Any, ...]) -> Pieces:
    """Return the hashes of a file's pieces.

    Raises:
        ValueError: they are none.

    """
    length, sha256, sha1 = row
    typed = all(map(isinstance, row, (int, bytes, bytes)))
    if not typed or length < 1 or len(sha256) % _SHA256 or not sha256:
        raise ValueError("a row that has no pieces")
    if len(sha1) // _SHA1 != len(sha256) // _SHA256 or len(sha1) % _SHA1:
        raise ValueError("pieces without all hashes")
    return Pieces(length=length, sha256=sha256, sha1=sha1)


def name_of(row: tuple[Any, ...]) -> str:
    """Return a name.

    Raises:
        TypeError: it is none.

    """
    (name,) = row
    if not isinstance(name, str):
        raise TypeError("a row that has no name")
    return name
