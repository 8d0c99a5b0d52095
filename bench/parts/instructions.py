"""Instructions per request; ``./dev bench instructions`` counts them alone."""

from collections.abc import Iterator

from bench.bench_run import BenchRun
from bench.instructions.__main__ import REQUESTS, measure, table
from bench.table import Table


def tables(run: BenchRun) -> Iterator[Table]:
    """Count those of all scenarios."""
    run.say("counting takes some minutes")
    found = table(measure(REQUESTS))
    run.say(f"{found.title}: counted")
    yield found
