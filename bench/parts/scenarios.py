"""Each scenario against the empty application, in the same mode under the same load."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.bars import verdict
from bench.bench_run import BenchRun
from bench.case import GET, Case, Load
from bench.duel import Outcome, Side, duel, side, warm_up
from bench.raw import raw_table
from bench.replacing import replacing
from bench.scenarios import CALM_MILLISECONDS, CASES
from bench.servers import Server, empty, mirrorsel
from bench.table import Table

_HEADS = (
    "scenario", "rate against the empty application", "processor time against it",
    "p50", "p99", "p99.9", "its p99", "answers/s", "its answers/s", "bar",
)  # fmt: skip
_ASKED = (
    "Each line differs from the base case only by what it names.\n"
    "The base case: a redirect with selection in daemon mode, 16 connections with "
    "keep-alive, 100 mirrors, one client, the embedded country table, no file "
    "index.\n"
    "Both sides are loaded in turn with the same load: the median of all rounds, "
    "with the lowest and the highest.\n"
    "The baseline is an empty Falcon application under the same httpd in the same "
    "mode; where a size is named it answers with as many bytes.\n"
    "With 256 connections httpd closes idle ones while all of its threads are "
    "busy, on both sides; such requests are sent again.\n"
    "Latencies in milliseconds."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    case: Case
    outcome: Outcome

    @property
    def short(self) -> bool:
        """Whether it misses the bar of its rate."""
        bar = self.case.bar
        return bar is not None and self.outcome.rate.median < bar

    @property
    def late(self) -> bool:
        """Whether it misses the bar of its latency."""
        return self.case.calm and _p99(self.outcome) >= CALM_MILLISECONDS


def tables(run: BenchRun) -> Iterator[Table]:
    """Measure all scenarios; in a quick run those that have all bars."""
    cases = [one for one in CASES if one.calm or not run.plan.quick]
    found: list[_Found] = []
    try:
        for embedded in (False, True):
            of_mode = [one for one in cases if one.site.embedded is embedded]
            for one in _measured(run, of_mode, embedded=embedded):
                run.say(f"{one.case.name}: {one.outcome.rate}")
                found.append(one)
    finally:
        if found:
            yield _table(found)
            yield _raw(found)


def _measured(
    run: BenchRun, cases: Sequence[Case], *, embedded: bool
) -> Iterator[_Found]:
    with empty(embedded=embedded) as rival:
        warm_up(
            Side(name="the empty application", server=rival, path=GET), Load(), run.plan
        )
        for site in dict.fromkeys(one.site for one in cases):
            with mirrorsel(site, run.world) as server:
                for case in cases:
                    if case.site == site:
                        outcome = _outcome(run, case, server, rival)
                        yield _Found(case=case, outcome=outcome)


def _outcome(run: BenchRun, case: Case, server: Server, rival: Server) -> Outcome:
    ours = side(case, server)
    theirs = Side(name="the empty application", server=rival, path=case.ask.against)
    warm_up(ours, case.load, run.plan)
    with contextlib.ExitStack() as stack:
        if case.reloading:
            stack.enter_context(replacing(server, case.site.mirrors))
        return duel(ours, theirs, case.load, run.plan)


def _table(found: Sequence[_Found]) -> Table:
    barred = [one for one in found if one.case.bar]
    calm = [one for one in found if one.case.calm]
    missed = [f"{one.case.name} {one.outcome.rate.median:.2f}" for one in barred
              if one.short]  # fmt: skip
    missed += [f"{one.case.name} p99 {_p99(one.outcome):.1f} ms" for one in calm
               if one.late]  # fmt: skip
    asked = (
        "a redirect reaches 0.85 of the rate of the empty application in the same"
        " mode, 0.80 in daemon mode with random clients and a City database, a page"
        f" 0.60; the 99th percentile stays below {CALM_MILLISECONDS:g} ms at 16"
        " connections."
    )
    ordered = sorted(found, key=lambda one: CASES.index(one.case))
    return Table(
        title="Scenarios",
        asked=_ASKED,
        heads=_HEADS,
        rows=[_row(one) for one in ordered],
        bar=verdict(asked, missed, len(barred) + len(calm)),
    )


def _row(one: _Found) -> Sequence[str]:
    outcome = one.outcome
    p50 = outcome.median(lambda run: run.told.p50 * 1000)[0]
    p99, rival_p99 = outcome.median(lambda run: run.told.p99 * 1000)
    p999 = outcome.median(lambda run: run.told.p999 * 1000)[0]
    rate, rival_rate = outcome.median(lambda run: run.told.rate)
    latencies = (f"{ms:.1f}" for ms in (p50, p99, p999, rival_p99))
    bar = f"{one.case.bar:.2f}{' missed' if one.short else ''}" if one.case.bar else ""
    return (
        one.case.name,
        str(outcome.rate),
        str(outcome.cpu),
        *latencies,
        f"{rate:,.0f}",
        f"{rival_rate:,.0f}",
        bar,
    )


def _raw(found: Sequence[_Found]) -> Table:
    return raw_table("Scenarios", [(one.case.name, one.outcome) for one in found])


def _p99(outcome: Outcome) -> float:
    return outcome.median(lambda run: run.told.p99 * 1000)[0]
