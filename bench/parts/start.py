"""How long a server takes from its start to the first answer."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import psutil

from bench.bars import verdict
from bench.bench_run import BenchRun
from bench.case import GET, Site
from bench.duel import Spread, processor_time, spread
from bench.servers import ready, ready_empty, started
from bench.table import Table
from mirrorsel.httpd.conf import Options

BAR = 1.0
"""Seconds that a start may take."""
_ROUNDS, _QUICK_ROUNDS = 5, 1
_FOUND, _EMPTY = 302, 200
_PAUSE = 0.01
_SITES = {
    "100 mirrors, country table": Site(),
    "10,000 mirrors, country table": Site(mirrors=10_000),
    "10,000 mirrors, City database": Site(mirrors=10_000, city=True),
    "embedded, 100 mirrors, country table": Site(embedded=True),
}
_ASKED = (
    "Seconds from the start of the process of httpd to the first redirect that "
    "was read, which waits for the application to be loaded: the median of {} "
    "starts, in turn with starts of an empty Falcon application in the same mode.\n"
    "On a machine that does something else besides, the processor time until then "
    "says more."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    seconds: float
    cpu: float
    """Seconds of processor time, in all processes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    name: str
    pairs: Sequence[tuple[_Start, _Start]]
    """Ours and the empty application's, in turn."""

    @property
    def seconds(self) -> Spread:
        """How long our starts took."""
        return spread([one.seconds for one, _ in self.pairs])

    def ratio(self, figure: Callable[[_Start], float]) -> str:
        """Return how many times a figure of the empty application ours is."""
        ratios = [figure(one) / figure(other) for one, other in self.pairs]
        return str(spread(ratios))

    def row(self) -> Sequence[str]:
        """Return the line of the table."""
        return (
            self.name,
            str(self.seconds),
            self.ratio(lambda one: one.seconds),
            str(spread([one.cpu for one, _ in self.pairs])),
            self.ratio(lambda one: one.cpu),
        )


def tables(run: BenchRun) -> Iterator[Table]:
    """Start servers again and again."""
    rounds = _QUICK_ROUNDS if run.plan.quick else _ROUNDS
    found = []
    for name, site in run.of(_SITES).items():
        found.append(_Found(name=name, pairs=_in_turn(run, site, rounds)))
        run.say(f"{name}: {found[-1].seconds} s")
    missed = [
        f"{one.name} {one.seconds.median:.2f} s"
        for one in found
        if one.seconds.median > BAR
    ]
    yield Table(
        title="Start",
        asked=_ASKED.format(rounds),
        heads=(
            *("server", "seconds", "against the empty application"),
            *("seconds of processor time", "against it"),
        ),
        rows=[one.row() for one in found],
        bar=verdict(f"the first answer within {BAR:g} s.", missed, len(found)),
    )


def _in_turn(run: BenchRun, site: Site, rounds: int) -> list[tuple[_Start, _Start]]:
    with (
        ready(site, run.world) as ours,
        ready_empty(embedded=site.embedded) as theirs,
    ):
        return [
            (_first_answer(ours, _FOUND), _first_answer(theirs, _EMPTY))
            for _ in range(rounds)
        ]


def _first_answer(options: Options, status: int) -> _Start:
    with started(options) as server:
        while server.status(GET) != status:
            time.sleep(_PAUSE)
        seconds = time.time() - psutil.Process(server.pid).create_time()
        return _Start(seconds=seconds, cpu=processor_time(server.pid))
