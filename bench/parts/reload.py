"""What a reload costs in the worst request."""

from collections.abc import Iterator
from statistics import median

from bench.bench_run import BenchRun
from bench.case import GET, Clients, Load, Site
from bench.duel import Side, await_answer
from bench.load import Told
from bench.load import run as load
from bench.replacing import Replaced, replacing
from bench.servers import mirrorsel
from bench.table import Table

_SITES = {
    "100 mirrors, country table": Site(),
    "10,000 mirrors, country table": Site(mirrors=10_000),
    "10,000 mirrors, City database": Site(mirrors=10_000, city=True),
}
_LOAD = Load(clients=Clients.NETWORKS)
_ROUNDS, _QUICK_ROUNDS = 3, 1
_SECONDS, _QUICK_SECONDS = 6, 4
_ASKED = (
    "The same server under the same load (16 connections, 10,000 client "
    "networks), in turn in peace and while its snapshot is replaced each second "
    "and its list, each time with another mirror in it, as often as it is read: "
    "`lists` says how many new lists were seen in answers within those {} seconds "
    "a round.\n"
    "Latencies in milliseconds, the median of {} rounds; in the worst request "
    "everything is that took place meanwhile, on this machine, in the load itself "
    "too."
)


def tables(run: BenchRun) -> Iterator[Table]:
    """Measure each server in peace and while its files are replaced."""
    quick = run.plan.quick
    rounds = _QUICK_ROUNDS if quick else _ROUNDS
    seconds = _QUICK_SECONDS if quick else _SECONDS
    rows = []
    for name, site in run.of(_SITES).items():
        with mirrorsel(site, run.world) as server:
            side = Side(name=name, server=server, path=GET, status=302)
            await_answer(side)
            load(server.url + GET, _LOAD, 2)
            pairs = [_pair(side, site, seconds) for _ in range(rounds)]
        rows += [_row(name, pairs)]
        run.say(" ".join(rows[-1]))
    yield Table(
        title="Reload",
        asked=_ASKED.format(seconds, rounds),
        heads=(
            *("server", "lists", "rate against peace", "p99", "p99.9", "worst"),
            *("p99 in peace", "p99.9 in peace", "worst in peace", "worst: ratio"),
        ),
        rows=rows,
    )


def _pair(side: Side, site: Site, seconds: int) -> tuple[Told, Told, Replaced]:
    url = side.server.url + side.path
    calm = load(url, _LOAD, seconds)
    with replacing(side.server, site.mirrors) as replaced:
        return load(url, _LOAD, seconds), calm, replaced


def _row(name: str, pairs: list[tuple[Told, Told, Replaced]]) -> tuple[str, ...]:
    busy, calm = [one for one, _, _ in pairs], [one for _, one, _ in pairs]
    rates = median(one.rate / two.rate for one, two, _ in pairs)
    worst = median(one.longest / two.longest for one, two, _ in pairs)
    lists = median(replaced.lists for _, _, replaced in pairs)
    return (
        name,
        f"{lists:g}",
        f"{rates:.2f}",
        *_latencies(busy),
        *_latencies(calm),
        f"{worst:.1f}",
    )


def _latencies(runs: list[Told]) -> tuple[str, str, str]:
    p99, p999, longest = (
        1000 * median(figure)
        for figure in (
            [one.p99 for one in runs],
            [one.p999 for one in runs],
            [one.longest for one in runs],
        )
    )
    return f"{p99:.1f}", f"{p999:.1f}", f"{longest:.1f}"
