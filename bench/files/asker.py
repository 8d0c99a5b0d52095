"""A process that asks an index, as those behind httpd do.

``python -m bench.files.asker STATE PATHS MIRRORS`` prints what that costs, as JSON.
"""

import os
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bench.files.paths import path
from bench.files.stored import mirrors_list
from bench.files.usage import own_memory
from mirrorsel.config import Settings
from mirrorsel.geo import load_countries
from mirrorsel.lists import parse
from mirrorsel.selection.geography import Geography
from mirrorsel.state import StateFolder
from mirrorsel.state.holders import read_holders
from mirrorsel.tree import FileIndex
from mirrorsel.web.tree import Tree

# As many in all as a process remembers answers for.
_COLD, _ROUNDS, _WARM, _DISK = 4_000, 5, 4_000, 200
_SELECT = """
SELECT number, size, modified, sha256, sha512, disputed FROM file
JOIN folder ON folder.id = file.folder WHERE path = ? AND file.name = ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What it costs to have an index open and to ask it; times in microseconds."""

    before: float
    """MB of memory that are this process's alone, without the index."""
    opened: float
    """The same with index and holders open."""
    after: float
    """The same when as many answers are remembered as ever are."""
    opening: float
    """Seconds."""
    disk: float
    """A look-up that finds nothing of the index in the system's memory."""
    cold: float
    """One of a file that was not asked for before."""
    unknown: float
    """One of a file that is not published."""
    warm: float
    """One of a file that was."""
    select: float
    """A bare SELECT of the same file."""
    table: float
    """A look-up in a dictionary of all paths."""


def main(state: StateFolder, paths: int, mirrors: int) -> None:
    """Measure all of it; memory first, as the dictionary takes some."""
    geography = _geography(state, mirrors)
    before, started = own_memory(), time.perf_counter()
    tree = Tree(FileIndex(state.files), read_holders(state.holders), geography)
    opening, opened = time.perf_counter() - started, own_memory()
    _read_through(state.files)
    chance = random.Random(paths)
    rounds = [_some(paths, chance) for _ in range(_ROUNDS)]
    cold = statistics.median(_each(tree, one) for one in rounds)
    unknown = _each(tree, [f"{one}.x" for one in rounds[0]])
    after = own_memory()
    again = rounds[-1][: min(_WARM, paths // 10)]
    _each(tree, again)
    warm = statistics.median(_each(tree, again) for _ in rounds)
    found = Asked(
        before=before,
        opened=opened,
        after=after,
        opening=opening,
        cold=cold,
        unknown=unknown,
        warm=warm,
        select=_select(state.files, rounds),
        table=_table(paths, rounds),
        # Last, as it leaves nothing of the index in memory.
        disk=_from_disk(state.files, rounds[0][:_DISK]),
    )
    sys.stdout.buffer.write(msgspec.json.encode(found))


def _geography(state: StateFolder, mirrors: int) -> Geography:
    settings = Settings(folder=state.path)
    listed = parse(mirrors_list(mirrors), None).list.mirrors
    origin = settings.list.origin
    return Geography(listed, load_countries(), settings.selection, origin)


def _some(paths: int, chance: random.Random) -> list[str]:
    return [path(chance.randrange(paths)) for _ in range(_COLD)]


def _read_through(path: Path) -> None:
    """Have the system hold a file in its memory, as that of a busy server is."""
    with path.open("rb") as file:
        while file.read(2**20):
            pass


def _each(tree: Tree, wanted: Sequence[str]) -> float:
    """Return what a look-up costs by all that a redirect asks the tree for."""

    def ask(one: str) -> None:
        tree.knows(one)
        tree.absent(one)
        tree.find(one)

    return _timed(ask, wanted)


def _timed(ask: Callable[[str], object], wanted: Sequence[str]) -> float:
    """Return the microseconds of this process for one question.

    What others do meanwhile does not count, as nothing here waits.
    """
    started = time.process_time()
    for one in wanted:
        ask(one)
    return (time.process_time() - started) / len(wanted) * 1e6


def _from_disk(path: Path, wanted: Sequence[str]) -> float:
    """Return the same where the system has to read the file each time."""
    with path.open("rb") as file:
        files, total = FileIndex(path), 0.0
        for one in wanted:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            started = time.perf_counter()
            files.find(one)
            total += time.perf_counter() - started
        files.close()
    return total / len(wanted) * 1e6


def _select(path: Path, rounds: Sequence[Sequence[str]]) -> float:
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)

    def ask(one: str) -> None:
        folder, _, name = one.rpartition("/")
        connection.execute(_SELECT, (folder, name)).fetchone()

    try:
        return statistics.median(_timed(ask, one) for one in rounds)
    finally:
        connection.close()


def _table(paths: int, rounds: Sequence[Sequence[str]]) -> float:
    table = {path(number): number for number in range(paths)}
    return statistics.median(_timed(table.get, one) for one in rounds)


if __name__ == "__main__":
    main(StateFolder(Path(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3]))
