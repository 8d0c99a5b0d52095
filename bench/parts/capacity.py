"""How many front ends a load needs, from what an answer costs here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, log2

from bench.bench_run import BenchRun
from bench.case import GET, Case, Clients, Load, Site
from bench.duel import Outcome, Side, duel, side, warm_up
from bench.parts.memory import children_of_httpd, workers
from bench.servers import PROCESSES, THREADS, Server, empty, mirrorsel
from bench.table import Table

CORES = (1, 4, 16, 64)
BUSY = 0.7
"""The part of its processors that a server may use, so that answers do not queue."""
WANTED = 100_000
"""Answers a second."""
SERVERS, LEAST_WORKERS, LEAST_BACKLOG = 16, 400, 511
"""Of httpd: its processes, their threads together, and the connections that wait."""
_WAIT = 0.1
"""Seconds for which new connections must find room, such as while files are read."""
_LOAD = Load(clients=Clients.NETWORKS)
_SET_FOR = "daemon, City database"
_SITES = {
    "daemon, country table": Site(),
    _SET_FOR: Site(city=True),
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
_SET_ASKED = (
    "What to set, and what then to expect with a City database, worked out from what "
    "this run has measured: an answer takes {cpu:.0f} µs, a process that answers has "
    "{worker:.0f} MiB to itself, and one of httpd's own {child:.0f} MiB.\n"
    f"`MIRRORSEL_THREADS` stays {THREADS}, and `ServerLimit` {SERVERS}.\n"
    "httpd has two threads for each of the application, and no fewer than by default: "
    f"{LEAST_WORKERS}.\n"
    "As many connections may wait as come within a tenth of a second; the kernel keeps "
    "no more of them than `net.core.somaxconn`."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a server of any size is worked out from."""

    cpu: float
    """Seconds of processor time for an answer."""
    worker: float
    """MiB of a process that answers."""
    child: float
    """MiB of a process that hands on requests."""

    def rate(self, cores: int) -> float:
        """Return the answers a second of so many cores."""
        return cores * BUSY / self.cpu


def tables(run: BenchRun) -> Iterator[Table]:
    """Measure the processor time of an answer in both modes."""
    rows, settings = [], []
    for name, site in run.of(_SITES).items():
        case = Case(name=name, site=site, load=_LOAD)
        with mirrorsel(site, run.world) as ours, empty(embedded=site.embedded) as other:
            rival = Side(name="the empty application", server=other, path=GET)
            sides = side(case, ours), rival
            for each in sides:
                warm_up(each, _LOAD, run.plan)
            outcome = duel(*sides, _LOAD, run.plan)
            if name == _SET_FOR:
                settings.append(_settings_table(ours, outcome))
        cpu, least = outcome.median(lambda one: one.cpu)
        rows.append(row(name, cpu, outcome.cpu.median))
        run.say(
            f"{name}: {cpu * 1e6:.0f} µs, of the empty application {least * 1e6:.0f}"
        )
    yield _cores_table(rows)
    yield from settings


def _cores_table(rows: Sequence[Sequence[str]]) -> Table:
    return Table(
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


def _settings_table(server: Server, outcome: Outcome) -> Table:
    found = Measured(
        cpu=outcome.median(lambda one: one.cpu)[0],
        worker=max(workers(server)),
        child=max(children_of_httpd(server)),
    )
    return Table(
        title="What to set",
        asked=_SET_ASKED.format(
            cpu=found.cpu * 1e6, worker=found.worker, child=found.child
        ),
        heads=(
            *("cores", "`MIRRORSEL_PROCESSES`", "`ThreadsPerChild`"),
            *("`MaxRequestWorkers`", "`ListenBacklog`, somaxconn at least"),
            *("MiB", "answers/s", f"front ends for {WANTED:,}/s"),
        ),
        rows=[settings(cores, found) for cores in CORES],
    )


def settings(cores: int, found: Measured) -> Sequence[str]:
    """Return what to set on so many cores, and what follows."""
    processes = max(PROCESSES, cores)
    per_child = ceil(max(LEAST_WORKERS, 2 * processes * THREADS) / SERVERS)
    rate = found.rate(cores)
    backlog = max(LEAST_BACKLOG, 2 ** ceil(log2(rate * _WAIT)))
    memory = processes * found.worker + SERVERS * found.child
    return (
        *(f"{cores}", f"{processes}", f"{per_child}", f"{SERVERS * per_child}"),
        *(f"{backlog}", f"{memory:,.0f}", f"{rate:,.0f}", f"{ceil(WANTED / rate)}"),
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
