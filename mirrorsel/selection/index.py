"""The choice itself: which mirrors a client gets, and why it does not get others."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, filterfalse, islice

from mirrorsel.model import (
    Candidate,
    Client,
    Health,
    How,
    Mirror,
    Reason,
    Rejection,
    Selection,
)
from mirrorsel.selection.bounded import Bounded
from mirrorsel.selection.cell import Cell, CellKey, cell_of
from mirrorsel.selection.cost import cost
from mirrorsel.selection.entry import Entry, tier
from mirrorsel.selection.geography import Geography
from mirrorsel.selection.refusal import Demand, refusal
from mirrorsel.selection.rendezvous import slot
from mirrorsel.selection.terrain import Ring, walk

_REMEMBERED = 16_384
_UNSEEN = Health()

Step = tuple[How, Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a redirect needs of a selection."""

    how: How
    mirrors: tuple[Mirror, ...]
    """The first few mirrors in the client's order; never empty."""


class Index:
    """One generation of list and health; it answers, and remembers its answers."""

    def __init__(self, geography: Geography, health: Mapping[str, Health]) -> None:
        """Take the health of mirrors by URL; a missing one was never probed."""
        self.geography = geography
        self.health = tuple(
            health.get(one.mirror.url, _UNSEEN) for one in geography.entries
        )
        self._tiers = tuple(
            tier(one.mirror, known)
            for one, known in zip(geography.entries, self.health, strict=True)
        )
        self._choices: Bounded[object, Choice] = Bounded(_REMEMBERED)

    def choose(self, client: Client, target: str, count: int) -> Choice:
        """Return the first `count` mirrors for a client, at least one."""
        key = self.geography.key(client)
        below = self.geography.covered(target)
        place = slot(client.network)
        question = (key, below, place, client.ipv6, count)
        choice = self._choices.get(question)
        if choice is None:
            steps = islice(self._steps(key, below, place, ipv6=client.ipv6), count)
            choice = self._choices[question] = _choice(tuple(steps))
        return choice

    def explain(self, client: Client, target: str) -> Selection:
        """Return every mirror, either with its rank or with its rejection."""
        key = self.geography.key(client)
        below = self.geography.covered(target)
        demand = self.geography.demand(key, below)
        steps = tuple(self._steps(key, below, slot(client.network), ipv6=client.ipv6))
        taken = {one.position for _, one in steps}
        return Selection(
            target=target,
            how=steps[0][0],
            ranked=tuple(self._candidate(how, one, demand.cell) for how, one in steps),
            rejections=tuple(
                self._rejection(one, demand)
                for one in self.geography.entries
                if one.position not in taken
            ),
        )

    def tier(self, one: Entry) -> How | None:
        """Return the step of the fallback order that admits a mirror, if any does."""
        return self._tiers[one.position]

    def _candidate(self, how: How, one: Entry, cell: Cell) -> Candidate:
        return Candidate(
            mirror=one.mirror,
            health=self._health(one),
            cost=cost(cell, one, self.geography.policy),
            how=how,
        )

    def _rejection(self, one: Entry, demand: Demand) -> Rejection:
        unhealthy = Reason.STALE if self._tiers[one.position] else Reason.DOWN
        return Rejection(
            mirror=one.mirror,
            health=self._health(one),
            reason=refusal(one, demand) or unhealthy,
        )

    def _health(self, one: Entry) -> Health:
        return self.health[one.position] if one.position >= 0 else _UNSEEN

    def _steps(
        self, key: CellKey, below: frozenset[str], place: int, *, ipv6: bool
    ) -> Iterator[Step]:
        """Yield the mirrors of all steps of the fallback order, nearest first."""
        landscape = self.geography.landscape(key, below)
        near = How.ANYWHERE if cell_of(key).nowhere else How.NEAR
        step = self._ipv6_step if ipv6 else self._step
        steps = chain(
            ((near, one) for one in step(landscape.mirrors, place, How.NEAR)),
            (
                (How.UNPROBED, one)
                for one in step(landscape.mirrors, place, How.UNPROBED)
            ),
            ((How.BACKUP, one) for one in step(landscape.backups, place, How.BACKUP)),
        )
        first = next(steps, None)
        if first is not None:
            yield first
            yield from steps
            return
        stale = [(How.STALE, one) for one in step(landscape.mirrors, place, How.STALE)]
        yield from stale or [(How.ORIGIN, self.geography.origin)]

    def _step(self, rings: tuple[Ring, ...], place: int, how: How) -> Iterator[Entry]:
        tiers = self._tiers
        return walk(rings, place, lambda one: tiers[one.position] is how)

    def _ipv6_step(
        self, rings: tuple[Ring, ...], place: int, how: How
    ) -> Iterator[Entry]:
        """Yield those of a step first whose IPv6 is not known to be missing."""
        reach: Callable[[Entry], bool] = lambda one: (  # noqa: E731
            one.mirror.ipv6 and self.health[one.position].ipv6 is not False
        )
        return chain(
            filter(reach, self._step(rings, place, how)),
            filterfalse(reach, self._step(rings, place, how)),
        )


def _choice(steps: tuple[Step, ...]) -> Choice:
    return Choice(how=steps[0][0], mirrors=tuple(one.mirror for _, one in steps))
