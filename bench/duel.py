"""Two servers, loaded in turn: what one costs against the other.

Both run at the same time on the same machine and are loaded for a second each, with
the first place changing, so that what else the machine does hits both alike.
"""

import contextlib
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import psutil

from bench.case import Case, Clients, Load
from bench.load import LoadError, Told, run
from bench.plan import Plan
from bench.servers import Server

_TRIES = 30
_PAUSE = 0.1
_SMALL = 0.1
"""Figures below it are told with more digits."""
_ERROR = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two that are compared."""

    name: str
    server: Server
    path: str
    status: int = 200
    method: str = "GET"


def side(case: Case, server: Server) -> Side:
    """Return the side that answers what a case asks."""
    ask = case.ask
    return Side(
        name=case.name,
        server=server,
        path=ask.path,
        status=ask.status,
        method=ask.method,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run against one side."""

    told: Told
    cpu: float
    """Seconds of processor time for an answer, in all processes of httpd."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The middle of some figures, and how far they reach."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        """Return it as it stands in a table."""
        digits = 2 if self.low >= _SMALL else 4
        figures = (f"{one:.{digits}f}" for one in (self.median, self.low, self.high))
        return "{} ({} to {})".format(*figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All runs of a comparison, by pairs."""

    pairs: Sequence[tuple[Run, Run]]

    @property
    def rate(self) -> Spread:
        """How many times the rate of the second side the first one has."""
        return spread([one.told.rate / two.told.rate for one, two in self.pairs])

    @property
    def cpu(self) -> Spread:
        """How many times the processor time of the second side the first one takes."""
        return spread([one.cpu / two.cpu for one, two in self.pairs])

    def median(self, figure: Callable[[Run], float]) -> tuple[float, float]:
        """Return the median of a figure for each side."""
        one, two = zip(*self.pairs, strict=True)
        return statistics.median(map(figure, one)), statistics.median(map(figure, two))


def spread(figures: Sequence[float]) -> Spread:
    """Return the spread of some figures, at least one."""
    return Spread(
        median=statistics.median(figures), low=min(figures), high=max(figures)
    )


def duel(
    one: Side,
    two: Side,
    load: Load,
    plan: Plan,
    beside: Callable[[Server], AbstractContextManager[object]] = nullcontext,
) -> Outcome:
    """Load both sides in turn; both are warm.

    Args:
        one: The first side.
        two: What it is compared with.
        load: How both are loaded.
        plan: How often, and how long.
        beside: What goes on around each run, such as other clients.

    Raises:
        LoadError: one of them does not answer as it should.

    """
    pairs = []
    for number in range(plan.rounds):
        sides = (two, one) if number % 2 else (one, two)
        runs = {}
        for side in sides:
            with beside(side.server):
                runs[side] = measured(side, load, plan.seconds)
        pairs.append((runs[one], runs[two]))
    whole = [pair for pair in pairs if all(run.told.requests for run in pair)]
    # In a second of which others take all, nothing is compared.
    if len(whole) <= plan.rounds / 2:
        raise LoadError("this machine is too busy to compare anything")
    return Outcome(pairs=whole)


def measured(side: Side, load: Load, seconds: int) -> Run:
    """Load one side, and return what that took."""
    before = processor_time(side.server.pid)
    told = _load(side, load, seconds)
    spent = processor_time(side.server.pid) - before
    return Run(told=told, cpu=spent / max(1, told.requests))


def processor_time(pid: int) -> float:
    """Return the seconds that a process and all that it started have computed."""
    total, parent = 0.0, psutil.Process(pid)
    for one in (parent, *parent.children(recursive=True)):
        # What ended is counted by who started it.
        with contextlib.suppress(psutil.NoSuchProcess):
            total += sum(one.cpu_times()[:4])
    return total


def await_answer(side: Side) -> None:
    """Wait until a side answers as it should.

    Raises:
        LoadError: it does not.

    """
    for _ in range(_TRIES):
        status = side.server.status(side.path, side.method)
        if status == side.status:
            return
        time.sleep(_PAUSE)
    raise LoadError(f"{side.name} answers {side.path} with {status}")


def warm_up(side: Side, load: Load, plan: Plan) -> None:
    """Load a side until its processes have started and know what they are asked.

    Raises:
        LoadError: it does not answer as it should.

    """
    await_answer(side)
    seconds = plan.seconds if load.clients is Clients.ONE else plan.warm
    for _ in range(_TRIES):
        if _load(side, load, seconds).requests:
            await_answer(side)
            return
    raise LoadError(f"{side.name} does not answer under load")


def _load(side: Side, load: Load, seconds: int) -> Told:
    return run(
        side.server.url + side.path,
        load,
        seconds,
        method=side.method,
        refused=side.status >= _ERROR,
    )
