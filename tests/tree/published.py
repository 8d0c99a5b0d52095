"""Small trees of published files, indexed, and mirrors that hold some of them."""

import hashlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from mirrorsel.indexing.store import Facts, Store
from mirrorsel.model import Pieces, Presence
from mirrorsel.state import StateFolder
from mirrorsel.state.holders import write_holders
from mirrorsel.tree import FileIndex, Holders

MODIFIED = 1_795_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A file of which other things are known than its content tells."""

    facts: Facts
    pieces: Pieces | None = None


def cut(content: bytes, length: int) -> Known:
    """Return what is known of a large file with this content."""
    parts = [
        content[start : start + length] for start in range(0, len(content), length)
    ]
    pieces = Pieces(
        length=length,
        sha256=b"".join(hashlib.sha256(one).digest() for one in parts),
        sha1=b"".join(
            hashlib.sha1(one, usedforsecurity=False).digest() for one in parts
        ),
    )
    return Known(facts=facts_of(content), pieces=pieces)


def facts_of(content: bytes) -> Facts:
    """Return what is known of a file with this content."""
    return Facts(
        size=len(content),
        modified=MODIFIED,
        sha256=hashlib.sha256(content).digest(),
        sha512=hashlib.sha512(content).digest(),
    )


def publish(
    state: Path,
    files: Mapping[str, bytes | Known],
    held: Mapping[str, set[str]] | None = None,
) -> None:
    """Index some files, and say which mirror has which of them.

    Args:
        state: The state folder.
        files: Contents by paths, or what is known of them.
        held: For each mirror that was scanned, by its base URL, what it holds.

    """
    folder = StateFolder(state)
    folder.index.mkdir(parents=True, exist_ok=True)
    with closing(Store(folder.index / "work", "/srv/tree")) as store:
        for path, content in files.items():
            known = (
                Known(facts=facts_of(content))
                if isinstance(content, bytes)
                else content
            )
            store.put(path, known.facts, known.pieces)
        store.publish(folder.files, MODIFIED)
    index = FileIndex(folder.files)
    stored, holders = list(index.files()), Holders(lineage=index.about.lineage)
    for url, paths in (held or {}).items():
        seen = bytearray(max((one.number for one in stored), default=0) + 1)
        for one in stored:
            seen[one.number] = Presence.HELD if one.path in paths else Presence.MISSING
        holders = holders.with_scan(url, bytes(seen), float(MODIFIED))
    write_holders(folder.holders, holders)
