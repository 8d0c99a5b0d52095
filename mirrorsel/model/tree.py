"""The published files, as they are and as mirrors hold them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from mirrorsel.model.unix import moment_of

_SHA256 = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """One file of the published tree."""

    path: str
    """Below the root, with `/` between names and none before the first."""
    number: int
    """What tells it from all other files of one index, from 1; never used again."""
    size: int | None
    """In bytes; None where only a listing that rounds sizes was seen."""
    modified: int
    """When it was last changed, in whole seconds of Unix time; 0 if unknown."""
    sha256: bytes = b""
    """The 32 bytes of its SHA-256 (FIPS 180-4); empty while it is not known."""
    sha512: bytes = b""
    """The 64 bytes of its SHA-512; empty while it is not known."""
    disputed: str = ""
    """Which published hash file contradicts the file itself, in words; empty if none
    does. Such a file is never vouched for."""

    @property
    def name(self) -> str:
        """Its name without the folders."""
        return self.path.rpartition("/")[2]

    @property
    def changed(self) -> datetime | None:
        """When it was last changed; None if that is unknown or no year of ours."""
        return moment_of(self.modified)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The hashes of the pieces of one large file; the last piece may be shorter."""

    length: int
    """Of a piece, in bytes."""
    sha256: bytes
    """32 bytes for each piece."""
    sha1: bytes
    """20 bytes for each, as BitTorrent has them (BEP 3)."""

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.sha256) // _SHA256

    @property
    def digests(self) -> Sequence[str]:
        """The SHA-256 of each, in hexadecimal digits."""
        return self.sha256.hex(" ", -_SHA256).split()[: self.count]

    def digest(self, number: int) -> bytes:
        """Return the SHA-256 of a piece, counted from 0."""
        return self.sha256[number * _SHA256 : (number + 1) * _SHA256]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How much lies directly in a folder."""

    folders: int
    files: int
    bytes: int
    """As far as sizes are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One folder of the published tree, or a part; its folders first, by name."""

    folders: tuple[str, ...]
    """The names of the folders in it, without a slash."""
    files: tuple[PublishedFile, ...]
    totals: Totals
    """Of all of it, whatever part of it this is."""
    next: str = ""
    """Behind which name there is more, with a slash if it is a folder's; empty at
    the end."""


class Presence(IntEnum):
    """What a scan saw of one file on one mirror."""

    MISSING = 0
    HELD = 1
    """It is there, with the right size as far as that was told."""
    WRONG_SIZE = 2
