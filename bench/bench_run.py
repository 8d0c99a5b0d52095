"""One run of the benchmark, as its parts see it."""

from collections.abc import Callable
from dataclasses import dataclass

from bench.plan import Plan
from bench.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchRun:
    """What every part is given."""

    plan: Plan
    world: World
    say: Callable[[str], None]
    """Tells a person what has just been found."""
