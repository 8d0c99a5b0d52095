"""A database taken out of what it was packed in, within a limit."""

import gzip
import hashlib
import tarfile
import zlib
from collections.abc import Iterator
from io import BufferedReader
from typing import BinaryIO

from mirrorsel.errors import SupplyError
from mirrorsel.net import begins_as_page
from mirrorsel.regular import MEBIBYTE
from mirrorsel.supply.vendor import Form

_GZIP = b"\x1f\x8b"
_CHUNK = 65536
_BLOCK = tarfile.BLOCKSIZE
# MaxMind's archives have four.
_MEMBERS = 100
_END = ".mmdb"


def unpack(packed: BinaryIO, form: Form, target: BinaryIO, largest: int) -> str:
    """Write the database that is packed in a file; return the MD5 of it.

    Args:
        packed: The file; it is read from its start.
        form: How the database is packed.
        target: Gets the database.
        largest: The most bytes that may come of the file, whatever it is.

    Raises:
        SupplyError: it is packed otherwise, damaged, too large or not there.
        OSError: a file cannot be read or written.

    """
    packed.seek(0)
    _check_start(packed.read(_CHUNK))
    packed.seek(0)
    source = _Bounded(gzip.GzipFile(fileobj=packed), largest)
    chunks = source.rest() if form is Form.GZIP else _member(source)
    # It protects from accidents only; who has sent what is told by TLS.
    digest = hashlib.md5(usedforsecurity=False)
    for chunk in chunks:
        digest.update(chunk)
        target.write(chunk)
    # To the end, where the checksum of gzip stands.
    for _ in source.rest():
        pass
    target.flush()
    return digest.hexdigest()


def md5_of(file: BufferedReader) -> str:
    """Return the MD5 of the rest of a file, in hexadecimal."""
    return hashlib.file_digest(
        file, lambda: hashlib.md5(usedforsecurity=False)
    ).hexdigest()


class _Bounded:
    """A compressed file of which no more is read than is allowed."""

    def __init__(self, source: gzip.GzipFile, largest: int) -> None:
        self._source = source
        self._largest = largest
        self._left = largest

    def read(self, size: int) -> bytes:
        """Return the next bytes, fewer only at the end.

        Raises:
            SupplyError: what is read is damaged, or more than is allowed.

        """
        try:
            data = self._source.read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise SupplyError(f"what came is damaged: {error}") from error
        self._left -= len(data)
        if self._left < 0:
            most = self._largest // MEBIBYTE
            raise SupplyError(f"what came unpacks to more than {most} MiB")
        return data

    def rest(self) -> Iterator[bytes]:
        """Yield all that is left, in pieces."""
        while data := self.read(_CHUNK):
            yield data

    def pieces(self, size: int) -> Iterator[bytes]:
        """Yield so many bytes, in pieces.

        Raises:
            SupplyError: there are fewer.

        """
        while size:
            data = self.read(min(size, _CHUNK))
            if not data:
                raise SupplyError("what came is damaged: the archive is cut off")
            size -= len(data)
            yield data


def _member(source: _Bounded) -> Iterator[bytes]:
    """Yield the first database of an archive, in pieces.

    The headers are read one by one: `tarfile.open` would take a member that
    describes another into memory, whatever its size.
    """
    for _ in range(_MEMBERS):
        header = _header(source)
        if header is None:
            break
        if header.isreg() and header.name.endswith(_END):
            yield from source.pieces(header.size)
            return
        for _piece in source.pieces(_padded(header)):
            pass
    raise SupplyError(f"what came is an archive without a file *{_END}")


def _padded(header: tarfile.TarInfo) -> int:
    """Return how many bytes of an archive belong to a member, after its header."""
    bare = header.isdir() or header.issym() or header.islnk() or header.isdev()
    return 0 if bare else -(-header.size // _BLOCK) * _BLOCK


def _header(source: _Bounded) -> tarfile.TarInfo | None:
    """Return the next header of an archive; None at its end."""
    block = source.read(_BLOCK)
    if not block.strip(b"\0"):
        return None
    try:
        header = tarfile.TarInfo.frombuf(block, tarfile.ENCODING, "surrogateescape")
    except tarfile.TarError as error:
        raise SupplyError("what came is no archive as it should be") from error
    if header.size < 0:
        raise SupplyError("what came is no archive as it should be")
    return header


def _check_start(start: bytes) -> None:
    if begins_as_page(start):
        raise SupplyError(
            "a web page came in the place of the database: is there a proxy, or a page"
            " to log in, between this machine and the server?"
        )
    if not start.startswith(_GZIP):
        raise SupplyError("what came is not compressed by gzip, as it should be")
