"""Torrents (BEP 3) whose seeds are the mirrors (BEP 19)."""

from dataclasses import dataclass
from hashlib import sha1
from typing import Any
from urllib.parse import quote

from fastbencode import bencode

from mirrorsel.model import Pieces, PublishedFile

_SHA1 = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeded:
    """One file, its pieces, and where a client begins to look for it."""

    file: PublishedFile
    """With a known size."""
    pieces: Pieces
    seeds: tuple[str, ...]
    """URLs of the whole file."""
    trackers: tuple[str, ...]
    address: str
    """The URL of the torrent itself; empty if unknown."""
    generator: str


def fits(file: PublishedFile, pieces: Pieces) -> bool:
    """Return whether pieces cover a file exactly, so that a torrent can be made."""
    if not file.size or pieces.length < 1:
        return False
    return len(pieces.sha1) == _SHA1 * -(-file.size // pieces.length)


def torrent(seeded: Seeded) -> bytes:
    """Return the metainfo file."""
    content: dict[bytes, Any] = {
        b"info": _info(seeded),
        b"url-list": [one.encode() for one in seeded.seeds],
        b"created by": seeded.generator.encode(),
    }
    if seeded.file.changed:
        content[b"creation date"] = seeded.file.modified
    if seeded.trackers:
        known = [one.encode() for one in seeded.trackers]
        content[b"announce"] = known[0]
        # BEP 12: each in a tier of its own is asked only when those before fail.
        content[b"announce-list"] = [[one] for one in known]
    return _bencoded(content)


def magnet(seeded: Seeded) -> str:
    """Return the magnet link (BEP 9), with where the torrent itself is."""
    words = [
        ("xt", f"urn:btih:{info_hash(seeded)}"),
        ("dn", seeded.file.name),
        ("xl", str(seeded.file.size)),
        *(("tr", one) for one in seeded.trackers),
        *(("xs", one) for one in (seeded.address,) if one),
        *(("ws", one) for one in seeded.seeds),
    ]
    return "magnet:?" + "&".join(f"{name}={_quoted(text)}" for name, text in words)


def info_hash(seeded: Seeded) -> str:
    """Return what tells this torrent from all others, the same for all clients."""
    return sha1(_bencoded(_info(seeded)), usedforsecurity=False).hexdigest()


def _info(seeded: Seeded) -> dict[bytes, Any]:
    """Return what the hash is of: nothing may stand here that differs by client."""
    return {
        b"length": seeded.file.size,
        b"name": seeded.file.name.encode(),
        b"piece length": seeded.pieces.length,
        b"pieces": seeded.pieces.sha1,
    }


def _quoted(text: str) -> str:
    # Clients look for the colons in the hash's name as they are.
    return text if text.startswith("urn:") else quote(text, safe="")


def _bencoded(content: dict[bytes, Any]) -> bytes:
    encoded: bytes = bencode(content)
    return encoded
