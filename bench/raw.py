"""Every run of some comparisons, for those who want to compute otherwise."""

from collections.abc import Sequence

from bench.duel import Outcome, Run
from bench.table import Table


def raw_table(title: str, found: Sequence[tuple[str, Outcome]]) -> Table:
    """Return all runs of comparisons, by their names."""
    rows = [
        (name, str(number), _told(one), _told(two))
        for name, outcome in found
        for number, (one, two) in enumerate(outcome.pairs, start=1)
    ]
    return Table(
        title=f"{title}: every run",
        asked="Answers a second / microseconds of processor time an answer / p50, p99,"
        " p99.9 and longest latency in milliseconds.",
        heads=("what", "round", "first side", "second side"),
        rows=rows,
    )


def _told(run: Run) -> str:
    told = run.told
    latencies = (told.p50, told.p99, told.p999, told.longest)
    shown = " ".join(f"{1000 * one:.2f}" for one in latencies)
    return f"{told.rate:.0f} / {run.cpu * 1e6:.0f} / {shown}"
