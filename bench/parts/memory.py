"""How much memory each process that answers requests has to itself."""

import contextlib
from collections.abc import Iterator, Sequence

import psutil

from bench.bars import verdict
from bench.bench_run import BenchRun
from bench.case import GET, REDIRECT, Clients, Load, Site
from bench.duel import Side, await_answer
from bench.load import run as load
from bench.servers import Server, empty, mirrorsel
from bench.table import Table

BAR = 60.0
"""MiB that a process may have."""
_MIB = 2**20
_WORKER = "(wsgi:mirrorsel)"
_SECONDS, _QUICK_SECONDS = 12, 3
_RANDOM = Load(clients=Clients.RANDOM)
_SITES = {
    "100 mirrors, country table": Site(),
    "100 mirrors, City database": Site(city=True),
    "10,000 mirrors, country table": Site(mirrors=10_000),
    "10,000 mirrors, City database": Site(mirrors=10_000, city=True),
    "10,000 mirrors, City database, file index": Site(
        mirrors=10_000, city=True, index=True
    ),
}
_ASKED = (
    "Private memory (USS: what would be free if the process ended) of the largest "
    "process that answers requests, after {} seconds of requests that each came "
    "from a new random client, which fill what is remembered of clients.\n"
    "The baseline is the same for an empty Falcon application."
)


def tables(run: BenchRun) -> Iterator[Table]:
    """Measure the memory of workers with short and long lists."""
    seconds = _QUICK_SECONDS if run.plan.quick else _SECONDS
    with empty() as rival:
        least = _loaded(Side(name="the empty application", server=rival, path=GET), 2)
    found: list[tuple[str, float]] = []
    for name, site in run.of(_SITES).items():
        with mirrorsel(site, run.world) as server:
            side = Side(name=name, server=server, path=GET, status=REDIRECT.status)
            found.append((name, _loaded(side, seconds)))
            run.say(f"{name}: {found[-1][1]:.1f} MiB")
    missed = [f"{name} {mib:.1f} MiB" for name, mib in found if mib >= BAR]
    asked = f"less than {BAR:g} MiB in each process."
    yield Table(
        title="Memory",
        asked=_ASKED.format(seconds),
        heads=("server", "MiB", "against the empty application"),
        rows=[*_rows(found, least), ("the empty application", f"{least:.1f}", "1.00")],
        bar=verdict(asked, missed, len(found)),
    )


def _rows(found: Sequence[tuple[str, float]], least: float) -> list[Sequence[str]]:
    return [(name, f"{mib:.1f}", f"{mib / least:.2f}") for name, mib in found]


def _loaded(side: Side, seconds: int) -> float:
    """Load a server; return the MiB of its largest worker."""
    await_answer(side)
    load(side.server.url + side.path, _RANDOM, seconds)
    return max(workers(side.server))


def workers(server: Server) -> list[float]:
    """Return the private MiB of each daemon process that answers requests."""
    return [mib for mib, worker in _children(server) if worker]


def children_of_httpd(server: Server) -> list[float]:
    """Return the private MiB of each process that hands requests on to them."""
    return [mib for mib, worker in _children(server) if not worker]


def _children(server: Server) -> Iterator[tuple[float, bool]]:
    """Yield what each process has, and whether it is a daemon process."""
    for one in psutil.Process(server.pid).children(recursive=True):
        # httpd ends processes that it does not need.
        with contextlib.suppress(psutil.NoSuchProcess):
            mib = one.memory_full_info().uss / _MIB
            yield mib, _WORKER in (word.strip() for word in one.cmdline())
