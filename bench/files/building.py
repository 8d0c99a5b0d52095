"""The making of an index of small files, against a loop that merely reads them."""

import hashlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Event

from bench.bars import single
from bench.files.compared import Compared
from bench.files.plan import Plan
from bench.files.trees import plant
from bench.table import Table
from mirrorsel.config import Settings
from mirrorsel.config.published import TreeSettings
from mirrorsel.indexing import Indexer, Pace
from mirrorsel.indexing.clocks import Clocks
from mirrorsel.state import StateFolder

_FULL, _CHECKER = 1.0, 0.5
_ASKED = 60.0
_REAL = 10_000
_COMPARED = (
    "Signatures, hash files and artefacts of 1 to 8 KiB, from the memory of the"
    " system; against a bare loop that reads each file and hashes it by SHA-256 and"
    " SHA-512, and against one that asks for each one's status."
)
# By it all that was just written has stood for a while, and is not read twice.
_LATER = Clocks(wall=lambda: time.time() + 60)


def measure(plan: Plan) -> Iterator[Table]:
    """Measure the first index of a tree, and a look at one that has not changed."""
    with tempfile.TemporaryDirectory() as name:
        tree, state = Path(name, "tree"), Path(name, "state")
        plant(tree, plan.files)

        def first(share: float) -> Compared:
            ours, bare = partial(_first, tree, state, share), partial(_read_all, tree)
            return Compared.measure(ours, bare, plan.rounds)

        whole, gentle = first(_FULL), first(_CHECKER)
        again = Compared.measure(
            lambda: _round(tree, state, _FULL), lambda: _stat_all(tree), plan.rounds
        )
    slowest = max(whole.ours, gentle.ours) * _REAL / plan.files
    yield Table(
        title=f"Index of {plan.files:,} small files",
        asked=_COMPARED,
        heads=("what", "seconds", "files/s", "bare loop, s", "ratio"),
        rows=[
            _row("first index, `mirrorsel files index`", whole, plan.files),
            _row("first index, at the checker's pace", gentle, plan.files),
            _row("a look, nothing changed", again, plan.files),
        ],
        bar=single(
            f"{_REAL:,} files within {_ASKED:.0f} s",
            f"{slowest:.1f} s at the slower pace",
            reached=slowest < _ASKED,
        ),
    )


def _row(words: str, found: Compared, count: int) -> tuple[str, ...]:
    rate = f"{count / found.ours:,.0f}"
    return (words, f"{found.ours:.2f}", rate, f"{found.other:.2f}", str(found.ratio))


def _first(tree: Path, state: Path, share: float) -> float:
    shutil.rmtree(state, ignore_errors=True)
    return _round(tree, state, share)


def _round(tree: Path, state: Path, share: float) -> float:
    """Return the seconds of one round, with all that it opens and publishes."""
    settings = Settings(
        folder=tree.parent, tree=TreeSettings(index="folder", folder=str(tree))
    )
    started = time.perf_counter()
    pace = Pace(Event(), share=share)
    folder = StateFolder(state)
    indexer = Indexer(settings, folder, pace, at_once=True, clocks=_LATER)
    with closing(indexer):
        standing = indexer.round(settings)
    seconds = time.perf_counter() - started
    if standing.problem or standing.disputed:
        raise SystemExit(f"bench: the index is not as it should be: {standing}")
    return seconds


def _read_all(tree: Path) -> float:
    started = time.perf_counter()
    for folder, _, names in os.walk(tree):
        for name in names:
            content = Path(folder, name).read_bytes()
            hashlib.sha256(content).digest()
            hashlib.sha512(content).digest()
    return time.perf_counter() - started


def _stat_all(tree: Path) -> float:
    started = time.perf_counter()
    for folder, _, names in os.walk(tree):
        for name in names:
            stat.S_ISREG(os.lstat(f"{folder}/{name}").st_mode)
    return time.perf_counter() - started
