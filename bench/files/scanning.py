"""Scans of a large mirror, by each protocol and form of lists."""

import logging
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeAlias

from bench.files import pages
from bench.files.children import measured
from bench.files.compared import Compared
from bench.files.listings import BUCKET, FORMS, folders
from bench.files.listings import pages as pages_of
from bench.files.plan import Plan
from bench.files.scanner import Scanned
from bench.files.stored import make_index
from bench.files.trees import plant_hollow
from bench.table import Table
from mirrorsel.state import StateFolder
from tests import ftp, rsync
from tests.httpd.served import open_folder

Mirror: TypeAlias = Callable[[], AbstractContextManager[str]]
"""Serves a mirror and gives its URL; what it lists is named in a file by then."""


def measure(plan: Plan) -> Iterator[Table]:
    """Measure scans of a mirror that has all files of an index."""
    with tempfile.TemporaryDirectory() as name, open_folder() as tree:
        state = StateFolder(Path(name))
        make_index(state, plan.listed, 0)
        plant_hollow(tree, plan.listed)
        lists = Path(name, "lists")
        rows = [
            _row(words, mirror, state, lists, plan)
            for words, mirror in _mirrors(plan, tree, Path(name), lists)
        ]
    yield Table(
        title=f"Scan of a mirror with {plan.listed:,} files, on loopback",
        asked=(
            "Listed without pauses and held against the index, in a process of its"
            " own; against a bare client that downloads the same lists and looks at"
            " none. What both compute is compared, since a real scan waits for its"
            " `scan_rate`. By HTTP the pages were made before; memory is the most that"
            " the process ever had, and what the scan added to it."
        ),
        heads=(
            *("mirror", "seconds", "files/s", "CPU, s", "bare client, CPU s"),
            *("ratio", "memory, MB", "more, MB"),
        ),
        rows=rows,
    )


def _mirrors(
    plan: Plan, tree: Path, work: Path, lists: Path
) -> Iterator[tuple[str, Mirror]]:
    yield "rsync", partial(_by_rsync, tree, work, lists)
    for name in (*FORMS, BUCKET):
        yield name, partial(_by_http, name, plan.listed, lists)
    yield "FTP (MLSD)", partial(_by_ftp, tree, plan.listed, lists)


@contextmanager
def _by_rsync(tree: Path, work: Path, lists: Path) -> Iterator[str]:
    lists.write_text("")
    with rsync.daemon(tree, work) as url:
        yield f"{url}mod/"


@contextmanager
def _by_http(name: str, count: int, lists: Path) -> Iterator[str]:
    made = pages_of(name, count)
    lists.write_text("\n".join(made))
    with pages.serving(made) as url:
        yield url


@contextmanager
def _by_ftp(tree: Path, count: int, lists: Path) -> Iterator[str]:
    lists.write_text("\n".join(f"/{one}" for one in folders(count)))
    # Otherwise its library tells of each folder.
    logging.getLogger("pyftpdlib").addHandler(logging.NullHandler())
    with ftp.good_server(tree) as url:
        yield url


def _row(
    words: str, mirror: Mirror, state: StateFolder, lists: Path, plan: Plan
) -> tuple[str, ...]:
    scans: list[Scanned] = []

    def scan() -> float:
        scans.append(measured("scanner", Scanned, state.path, url))
        return scans[-1].cpu

    with mirror() as url:
        found = Compared.measure(
            scan, lambda: measured("bare", float, url, lists), plan.scans
        )
    if {one.held for one in scans} != {plan.listed}:
        raise SystemExit(f"bench: the scan of {words} is not whole: {scans}")
    most = max(scans, key=lambda one: one.most)
    seconds = statistics.median(one.seconds for one in scans)
    return (
        *(words, f"{seconds:.2f}", f"{plan.listed / seconds:,.0f}"),
        *(f"{found.ours:.2f}", f"{found.other:.2f}", str(found.ratio)),
        *(f"{most.most:.0f}", f"{most.most - most.before:.0f}"),
    )
