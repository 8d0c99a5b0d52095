"""Trees of real files, and what an index says of them."""

import os
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import TypeAlias

from mirrorsel.config import Settings
from mirrorsel.config.published import TreeSettings
from mirrorsel.indexing import Indexer, IndexStanding, Pace, Progress
from mirrorsel.indexing.clocks import Clocks
from mirrorsel.model import Pieces, PublishedFile
from mirrorsel.state import StateFolder
from mirrorsel.tree import FileIndex

LATER = Clocks(wall=lambda: time.time() + 60)
"""A clock by which all that was just written has stood for a minute."""

Indexed: TypeAlias = dict[str, tuple[PublishedFile, Pieces | None]]


def lay(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write files into a folder; return it."""
    folder.mkdir(exist_ok=True)
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def settings_of(folder: Path, *, pieces_from: int = 2**24) -> Settings:
    """Return settings that want an index of a folder."""
    tree = TreeSettings(index="folder", folder=str(folder), pieces_from=pieces_from)
    return Settings(folder=folder.parent, tree=tree)


def index(  # noqa: PLR0913 - all but the folders have defaults
    folder: Path,
    state: Path,
    *,
    accept: bool = False,
    pieces_from: int = 2**24,
    tell: Callable[[Progress], None] = lambda _: None,
    clocks: Clocks = LATER,
) -> IndexStanding:
    """Bring the index of a folder up to date; return how it stands."""
    settings = settings_of(folder, pieces_from=pieces_from)
    pace = Pace(Event(), share=1.0)
    with closing(
        Indexer(settings, StateFolder(state), pace, tell=tell, clocks=clocks)
    ) as indexer:
        return indexer.round(settings, accept=accept)


def published(state: Path) -> Indexed:
    """Return what readers find, by paths; numbers are left out."""
    files = FileIndex(StateFolder(state).files)
    found: Indexed = {}
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        listing = files.folder(folder)
        assert listing is not None
        waiting += [f"{folder}/{one}".lstrip("/") for one in listing.folders]
        for one in listing.files:
            found[one.path] = (unnumbered(one), files.pieces(one.number))
    files.close()
    return found


def unnumbered(file: PublishedFile) -> PublishedFile:
    """Return a file as it would be in any index."""
    return PublishedFile(
        path=file.path,
        number=0,
        size=file.size,
        modified=file.modified,
        sha256=file.sha256,
        sha512=file.sha512,
        disputed=file.disputed,
    )


def numbers(state: Path, *paths: str) -> list[int]:
    """Return the numbers of some files."""
    files = FileIndex(StateFolder(state).files)
    found = [files.find(one) for one in paths]
    files.close()
    return [one.number if one else 0 for one in found]


def tick(folder: Path) -> None:
    """Return when the file system's clock has moved on."""
    probe = folder / ".tick"
    probe.touch()
    before = probe.stat().st_ctime_ns
    while probe.stat().st_ctime_ns == before:
        os.utime(probe)
    probe.unlink()
