"""How long a server takes from its start to the first answer."""

import time
from collections.abc import Iterator

import psutil

from bench.bars import verdict
from bench.bench_run import BenchRun
from bench.case import GET, Site
from bench.duel import Spread, spread
from bench.servers import ready, ready_empty, started
from bench.table import Table
from mirrorsel.httpd.conf import Options

BAR = 1.0
"""Seconds that a start may take."""
_ROUNDS, _QUICK_ROUNDS = 5, 1
_FOUND, _EMPTY = 302, 200
_SITES = {
    "100 mirrors, country table": Site(),
    "10,000 mirrors, country table": Site(mirrors=10_000),
    "10,000 mirrors, City database": Site(mirrors=10_000, city=True),
    "embedded, 100 mirrors, country table": Site(embedded=True),
}
_ASKED = """Seconds from the start of the process of httpd to the first redirect that was read, which the same request waits for that loads the application: the median of {} starts, in turn with starts of an empty Falcon application in the same mode."""


def tables(run: BenchRun) -> Iterator[Table]:
    """Start servers again and again."""
    rounds = _QUICK_ROUNDS if run.plan.quick else _ROUNDS
    found = [(name, *_in_turn(run, site, rounds)) for name, site in _SITES.items()]
    missed = [
        f"{name} {one.median:.2f} s" for name, one, _ in found if one.median > BAR
    ]
    yield Table(
        title="Start",
        asked=_ASKED.format(rounds),
        heads=("server", "seconds", "of the empty application", "ratio"),
        rows=[
            (name, str(one), str(other), f"{one.median / other.median:.2f}")
            for name, one, other in found
        ],
        bar=verdict(f"within {BAR:g} s.", missed, len(found)),
    )


def _in_turn(run: BenchRun, site: Site, rounds: int) -> tuple[Spread, Spread]:
    with (
        ready(site, run.world) as ours,
        ready_empty(embedded=site.embedded) as theirs,
    ):
        pairs = [
            (first_answer(ours, _FOUND), first_answer(theirs, _EMPTY))
            for _ in range(rounds)
        ]
    one, other = zip(*pairs, strict=True)
    return spread(one), spread(other)


def first_answer(options: Options, status: int) -> float:
    """Start a server; return the seconds to its first answer of a status."""
    with started(options) as server:
        while server.status(GET) != status:
            time.sleep(0.01)
        return time.time() - psutil.Process(server.pid).create_time()
