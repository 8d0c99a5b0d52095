"""One run of the benchmark, as its parts see it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.case import Site
from bench.plan import Plan
from bench.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchRun:
    """What every part is given."""

    plan: Plan
    world: World
    say: Callable[[str], None]
    """Tells a person what has just been found."""

    def of(self, sites: Mapping[str, Site]) -> Mapping[str, Site]:
        """Return those of some sites that are measured: the largest, if in haste."""
        if not self.plan.quick:
            return sites
        largest = max(sites, key=lambda name: (sites[name].mirrors, sites[name].city))
        return {largest: sites[largest]}
