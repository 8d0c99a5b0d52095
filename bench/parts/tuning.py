"""What each setting of httpd and mod_wsgi is worth, against the shipped ones."""

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bench.bench_run import BenchRun
from bench.case import GET, REDIRECT, Site
from bench.crowds import stalled
from bench.duel import Outcome, Run, Side, await_answer, duel, warm_up
from bench.parts.memory import children_of_httpd, workers
from bench.raw import raw_table
from bench.scenarios import LARGE
from bench.servers import PROCESSES, THREADS, Server, ready, started
from bench.table import Table
from bench.variants import VARIANTS, Change, Variant, server_wide
from bench.world import World

_ASKED = (
    "One setting at a time against the shipped configuration, both servers running "
    "at the same time and loaded in turn: redirects for one client, 100 mirrors, the "
    f"embedded country table, daemon mode, {PROCESSES} processes.\n"
    "Latencies in milliseconds, private memory in MiB of the largest process that "
    "answers; the second figure is that of the shipped configuration."
)
_SLOW_ASKED = (
    "Clients ask for the page of 417 kB, and read nothing: the seconds that a redirect "
    "then takes.\n"
    "The system holds 64 KiB for a connection, about as between machines; on loopback "
    "it would take the whole page."
)
_BUFFER = "SendBufferSize 65536"
_SOON = 0.5
_ALL = PROCESSES * THREADS
"""As many clients as the shipped configuration has threads."""
_HTTPD = server_wide("FlushMaxThreshold 65535")
_SLOW: Sequence[tuple[str, Change, int]] = (
    ("shipped", lambda options: options, _ALL),
    ("FlushMaxThreshold 65535, as httpd has it", _HTTPD, _ALL),
    (
        "that, and threads=1",
        lambda options: _HTTPD(replace(options, threads=1)),
        2,
    ),
    (
        "that, and threads=16",
        lambda options: _HTTPD(replace(options, threads=16)),
        _ALL,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    variant: Variant
    outcome: Outcome
    memory: tuple[float, float]
    """MiB of the largest process that answers, on each side."""

    def row(self) -> Sequence[str]:
        """Return the line of the table."""
        outcome = self.outcome
        return (
            self.variant.name,
            self.variant.asked,
            str(outcome.rate),
            str(outcome.cpu),
            _both(outcome, lambda run: run.told.p99),
            _both(outcome, lambda run: run.told.longest),
            " / ".join(f"{one:.0f}" for one in self.memory),
        )


def tables(run: BenchRun) -> Iterator[Table]:
    """Compare all variants; in a quick run those that matter most."""
    variants = [one for one in VARIANTS if one.quick or not run.plan.quick]
    found = []
    for variant in variants:
        outcome, memory = _measured(run, variant)
        found.append(_Found(variant=variant, outcome=outcome, memory=memory))
        run.say(" | ".join(found[-1].row()))
    yield _table(found)
    yield raw_table(
        "Tuning", [(f"{i.variant.name}, {i.variant.asked}", i.outcome) for i in found]
    )
    yield _slow_table(run)


@contextlib.contextmanager
def _running(
    world: World, change: Change = lambda options: options
) -> Iterator[Server]:
    with ready(Site(), world) as options, started(change(options)) as server:
        yield server


def _measured(run: BenchRun, variant: Variant) -> tuple[Outcome, tuple[float, float]]:
    both = server_wide(variant.both)
    # Both anew: an httpd that many have asked keeps more processes, which costs.
    with (
        _running(run.world, lambda options: both(variant.change(options))) as other,
        _running(run.world, both) as shipped,
    ):
        sides = _side(variant, other), _side(variant, shipped)
        for each in sides:
            warm_up(each, variant.load, run.plan)
        outcome = duel(*sides, variant.load, run.plan, beside=variant.beside)
        return outcome, (_largest(other), _largest(shipped))


def _side(variant: Variant, server: Server) -> Side:
    ask = variant.ask
    return Side(name=variant.name, server=server, path=ask.path, status=ask.status)


def _largest(server: Server) -> float:
    # In embedded mode the latter answer.
    return max(*workers(server), *children_of_httpd(server))


def _both(outcome: Outcome, figure: Callable[[Run], float]) -> str:
    return " / ".join(f"{1000 * one:.1f}" for one in outcome.median(figure))


def _table(found: Sequence[_Found]) -> Table:
    return Table(
        title="Tuning",
        asked=_ASKED,
        heads=(
            *("setting", "load", "rate", "processor time"),
            *("p99", "longest", "memory"),
        ),
        rows=[one.row() for one in found],
    )


def _slow_table(run: BenchRun) -> Table:
    some = _SLOW[: 2 if run.plan.quick else None]
    rows = [_beside_stalled(run, *one) for one in some]
    return Table(
        title="Slow clients",
        asked=_SLOW_ASKED,
        heads=("setting", "clients", "seconds", "answer"),
        rows=rows,
    )


def _beside_stalled(
    run: BenchRun, name: str, change: Change, count: int
) -> Sequence[str]:
    small = server_wide(_BUFFER)
    with _running(run.world, lambda options: small(change(options))) as server:
        for ask in (LARGE, REDIRECT):
            await_answer(
                Side(name=name, server=server, path=ask.path, status=ask.status)
            )
        with stalled(server, count, LARGE.path):
            time.sleep(_SOON)
            began = time.monotonic()
            status = server.status(GET)
            seconds = time.monotonic() - began
    row = (name, f"{count}", f"{seconds:.1f}", f"{status}")
    run.say(" | ".join(row))
    return row
