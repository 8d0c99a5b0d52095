"""The parts of the benchmark, in the order in which they are measured.

Another part is a function that takes a `BenchRun` and yields tables, and has a line
in `PARTS`. Benchmarks that are run by themselves too, as ``./dev bench NAME``, are
packages `bench.NAME` with such a function; theirs is named here as well.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from bench.bench_run import BenchRun
from bench.parts import (
    baselines,
    capacity,
    files,
    instructions,
    memory,
    mirrors,
    quality,
    reload,
    scenarios,
    start,
    tuning,
)
from bench.table import Table

Part: TypeAlias = Callable[[BenchRun], Iterable[Table]]

PARTS: Mapping[str, Part] = {
    "scenarios": scenarios.tables,
    "mirrors": mirrors.tables,
    "baselines": baselines.tables,
    "reload": reload.tables,
    "memory": memory.tables,
    "start": start.tables,
    "tuning": tuning.tables,
    "capacity": capacity.tables,
    "quality": quality.tables,
    "files": files.tables,
    "instructions": instructions.tables,
}
