"""How many front ends a load needs, from what an answer costs here."""

from collections.abc import Iterator, Sequence
from math import ceil

from bench.bench_run import BenchRun
from bench.case import GET, Case, Clients, Load, Site
from bench.duel import Side, duel, side, warm_up
from bench.servers import empty, mirrorsel
from bench.table import Table

CORES = (1, 4, 16, 64)
BUSY = 0.7
"""The part of its processors that a server may use, so that answers do not queue."""
WANTED = 100_000
"""Answers a second."""
_LOAD = Load(clients=Clients.NETWORKS)
_SITES = {
    "daemon, country table": Site(),
    "daemon, City database": Site(city=True),
    "embedded, country table": Site(embedded=True),
    "embedded, City database": Site(embedded=True, city=True),
}
_ASKED = (
    "Worked out, and not measured: an answer takes so many microseconds of "
    "processor time on this machine, in all processes of httpd and in the kernel "
    "on their behalf; a server has that many cores of the same kind and is busy "
    f"for {BUSY:.0%} of its time.\n"
    "Processes share nothing that they write, so that cores add up; what limits "
    "them beyond that is the network.\n"
    "10,000 client networks, 100 mirrors, 16 connections with keep-alive; without "
    "TLS."
)


def tables(run: BenchRun) -> Iterator[Table]:
    """Measure the processor time of an answer in both modes."""
    rows = []
    for name, site in run.of(_SITES).items():
        case = Case(name=name, site=site, load=_LOAD)
        with mirrorsel(site, run.world) as ours, empty(embedded=site.embedded) as other:
            rival = Side(name="the empty application", server=other, path=GET)
            sides = side(case, ours), rival
            for each in sides:
                warm_up(each, _LOAD, run.plan)
            outcome = duel(*sides, _LOAD, run.plan)
        cpu, least = outcome.median(lambda one: one.cpu)
        rows.append(row(name, cpu, outcome.cpu.median))
        run.say(
            f"{name}: {cpu * 1e6:.0f} µs, of the empty application {least * 1e6:.0f}"
        )
    yield Table(
        title="Cores and front ends",
        asked=_ASKED,
        heads=(
            *("mode", "µs an answer", "against the empty application"),
            *(f"{cores} core{'s' * (cores > 1)}: answers/s" for cores in CORES),
            *(
                f"servers of {cores} core{'s' * (cores > 1)} for {WANTED:,}/s"
                for cores in CORES
            ),
        ),
        rows=rows,
    )


def row(name: str, cpu: float, ratio: float) -> Sequence[str]:
    """Return what an answer's processor time makes of cores and servers."""
    rates = [cores * BUSY / cpu for cores in CORES]
    return (
        name,
        f"{cpu * 1e6:.0f}",
        f"{ratio:.2f}",
        *(f"{rate:,.0f}" for rate in rates),
        *(f"{ceil(WANTED / rate)}" for rate in rates),
    )
