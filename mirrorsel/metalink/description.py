"""What a Metalink document says of one file, whatever its version."""

import re
from dataclasses import dataclass

from mirrorsel.model import Pieces, PublishedFile

_ONE_PIECE = 2**24
"""Up to this size a file of which no pieces are known is described as one."""

# What is no character of XML 1.0 (section 2.2), not even escaped.
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# RFC 9580, section 6.2: a signature in ASCII, and nothing beside it.
_ARMOUR = re.compile(
    r"-----BEGIN PGP SIGNATURE-----\n[\n\x20-\x7e]+\n-----END PGP SIGNATURE-----\n?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One place that has the file."""

    url: str
    country: str | None = None
    """By ISO 3166-1, in lower case; None if it is in none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """All that is said."""

    file: PublishedFile
    sources: tuple[Source, ...]
    """At least one; the best comes first."""
    address: str
    """The URL of the document itself, where a newer one is found; empty if unknown."""
    generator: str
    """The name and version of the program that says it."""
    pieces: Pieces | None = None
    signature: str = ""
    """A detached OpenPGP signature in ASCII; empty for none."""


def is_writable(text: str) -> bool:
    """Return whether XML can express a text; a file of another name has no document."""
    return _ILLEGAL.search(text) is None


def is_armour(text: str) -> bool:
    """Return whether a text is one detached OpenPGP signature in ASCII."""
    return _ARMOUR.fullmatch(text) is not None


def pieces(described: Description) -> Pieces | None:
    """Return the pieces that a document tells; None for none.

    A small file is one piece: aria2 asks another mirror for a piece that is wrong, and
    gives up where the hash of the whole file is.
    """
    file = described.file
    if described.pieces or not file.sha256 or not 0 < (file.size or 0) <= _ONE_PIECE:
        return described.pieces
    return Pieces(length=file.size or 0, sha256=file.sha256, sha1=b"")
