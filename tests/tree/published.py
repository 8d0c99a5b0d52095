"""Small trees of published files, indexed, and mirrors that hold some of them."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from mirrorsel.indexing.store import Facts, Store
from mirrorsel.model import Presence
from mirrorsel.state import StateFolder
from mirrorsel.state.holders import write_holders
from mirrorsel.tree import Holders

MODIFIED = 1_795_000_000


def facts_of(content: bytes) -> Facts:
    """Return what is known of a file with this content."""
    return Facts(
        size=len(content),
        modified=MODIFIED,
        sha256=hashlib.sha256(content).digest(),
        sha512=hashlib.sha512(content).digest(),
    )


def publish(
    state: Path, files: Mapping[str, bytes], held: Mapping[str, set[str]] | None = None
) -> None:
    """Index some files, and say which mirror has which of them.

    Args:
        state: The state folder.
        files: Contents by paths.
        held: For each mirror that was scanned, by its base URL, what it holds.

    """
    folder = StateFolder(state)
    folder.index.mkdir(parents=True, exist_ok=True)
    with Store(folder.index / "work", "/srv/tree") as store:
        for path, content in files.items():
            store.put(path, facts_of(content))
        holders = Holders(lineage=store.lineage)
        known = list(store.files())
        store.publish(folder.files, MODIFIED)
    for url, paths in (held or {}).items():
        seen = bytearray(max((one.number for one in known), default=0) + 1)
        for one in known:
            seen[one.number] = Presence.HELD if one.path in paths else Presence.MISSING
        holders = holders.with_scan(url, bytes(seen), float(MODIFIED))
    write_holders(folder.holders, holders)
