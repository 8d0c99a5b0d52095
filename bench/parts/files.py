"""What the index of published files costs; ``./dev bench files`` measures it alone."""

from collections.abc import Iterator

from bench.bench_run import BenchRun
from bench.files.__main__ import PARTS, measure
from bench.files.plan import Plan
from bench.table import Table

_QUICK = Plan(
    files=1_000, paths=50_000, listed=5_000, served=10_000, rounds=2, seconds=1
)


def tables(run: BenchRun) -> Iterator[Table]:
    """Measure all of it; in haste, on small trees."""
    for table in measure(tuple(PARTS), _QUICK if run.plan.quick else Plan()):
        run.say(f"{table.title}: measured")
        yield table
