"""Many mirrors against few: an answer must not cost more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.bars import verdict
from bench.bench_run import BenchRun
from bench.case import Case
from bench.duel import Outcome, Spread, duel, side, spread, warm_up
from bench.raw import raw_table
from bench.scenarios import COST_BAR, FEW, MANY, with_mirrors
from bench.servers import mirrorsel
from bench.table import Table

_ASKED = (
    f"Two servers that differ only by their lists, of {MANY:,} mirrors and of "
    f"{FEW}, are loaded in turn with the same load: what an answer costs with the "
    "long list, as a multiple of what it costs with the short one.\n"
    "Answers that themselves list mirrors, such as the status page, grow with the "
    "list and are not among these scenarios."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    case: Case
    outcome: Outcome

    @property
    def cost(self) -> Spread:
        """How many times as long an answer takes with many mirrors."""
        pairs = self.outcome.pairs
        return spread([few.told.rate / many.told.rate for many, few in pairs])


def tables(run: BenchRun) -> Iterator[Table]:
    """Compare a long list with a short one in each scenario."""
    found: list[_Found] = []
    many, few = with_mirrors(MANY), with_mirrors(FEW)
    pairs = list(zip(many, few, strict=True))[:: 6 if run.plan.quick else 1]
    try:
        for site in dict.fromkeys(one.site for one, _ in pairs):
            of_site = [pair for pair in pairs if pair[0].site == site]
            for one in _measured(run, of_site):
                run.say(f"{MANY:,} mirrors, {one.case.name}: {one.cost}")
                found.append(one)
    finally:
        # What was measured is kept, even if the rest never is.
        if found:
            yield _table(found)
            yield raw_table("Many mirrors", [(i.case.name, i.outcome) for i in found])


def _measured(run: BenchRun, pairs: Sequence[tuple[Case, Case]]) -> Iterator[_Found]:
    long, short = pairs[0]
    with (
        mirrorsel(long.site, run.world) as many,
        mirrorsel(short.site, run.world) as few,
    ):
        for one, other in pairs:
            sides = side(one, many), side(other, few)
            for each in sides:
                warm_up(each, one.load, run.plan)
            outcome = duel(*sides, one.load, run.plan)
            yield _Found(case=one, outcome=outcome)


def _table(found: Sequence[_Found]) -> Table:
    missed = [
        f"{one.case.name} {one.cost.median:.2f}"
        for one in found
        if one.cost.median > COST_BAR
    ]
    return Table(
        title=f"{MANY:,} mirrors against {FEW}",
        asked=_ASKED,
        heads=("scenario", "cost by rate", "cost by processor time"),
        rows=[(one.case.name, str(one.cost), str(one.outcome.cpu)) for one in found],
        bar=verdict(f"no more than {COST_BAR} times.", missed, len(found)),
    )
