"""The choice itself: which mirrors a client gets, and why it does not get others."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

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
from mirrorsel.selection.terrain import Ring, ring, walk

_REMEMBERED = 16_384
_UNSEEN = Health()

Keep: TypeAlias = Callable[[Entry], bool]
Steps: TypeAlias = Iterator[tuple[How, Entry]]
Ladder: TypeAlias = tuple[tuple[How, tuple[Ring, ...]], ...]
"""The steps of the fallback order that admit a mirror, each with its rings."""


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
        self._ladders: Bounded[object, Ladder] = Bounded(geography.capacity)

    def choose(self, client: Client, target: str, count: int) -> Choice:
        """Return the first `count` mirrors for a client, at least one."""
        key = self.geography.key(client)
        below = self.geography.covered(target)
        question = (key, below, client.network, client.ipv6, count)
        choice = self._choices.get(question)
        if choice is None:
            steps = islice(self._steps(key, below, client), count)
            choice = self._choices[question] = _choice(tuple(steps))
        return choice

    def explain(self, client: Client, target: str) -> Selection:
        """Return every mirror, either with its rank or with its rejection."""
        key = self.geography.key(client)
        below = self.geography.covered(target)
        demand = self.geography.demand(key, below)
        steps = tuple(self._steps(key, below, client))
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

    def _steps(self, key: CellKey, below: frozenset[str], client: Client) -> Steps:
        """Yield the mirrors of all steps of the fallback order, nearest first."""
        question = (key, below, client.ipv6)
        ladder = self._ladders.get(question)
        if ladder is None:
            ladder = self._ladder(key, below, ipv6=client.ipv6)
            self._ladders[question] = ladder
        place = slot(client.network)
        return ((how, one) for how, rings in ladder for one in walk(rings, place))

    def _ladder(self, key: CellKey, below: frozenset[str], *, ipv6: bool) -> Ladder:
        """Return the rings of usable mirrors that a cell sees, step by step."""
        landscape = self.geography.landscape(key, below)
        nowhere = cell_of(key).nowhere

        def climb(how: How, rings: Iterable[Ring]) -> Ladder:
            shown = How.ANYWHERE if how is How.NEAR and nowhere else how
            return tuple(
                (shown, usable)
                for keep in self._families(how, ipv6=ipv6)
                if (usable := _pruned(rings, keep))
            )

        return (
            (
                *climb(How.NEAR, landscape.mirrors),
                *climb(How.UNPROBED, landscape.mirrors),
                *climb(How.BACKUP, landscape.backups),
            )
            or climb(How.STALE, landscape.mirrors)
            or ((How.ORIGIN, (ring([self.geography.origin]),)),)
        )

    def _families(self, how: How, *, ipv6: bool) -> tuple[Keep, ...]:
        """Return what admits mirrors to a step: for IPv6 clients in two parts.

        Mirrors whose IPv6 is known to be missing come second for them.
        """
        tiers, health = self._tiers, self.health
        if not ipv6:
            return (lambda one: tiers[one.position] is how,)

        def lacking(one: Entry) -> bool:
            return not one.mirror.ipv6 or health[one.position].ipv6 is False

        return (
            lambda one: tiers[one.position] is how and not lacking(one),
            lambda one: tiers[one.position] is how and lacking(one),
        )


def _pruned(rings: Iterable[Ring], keep: Keep) -> tuple[Ring, ...]:
    return tuple(usable for one in rings if (usable := one.pruned(keep)).entries)


def _choice(steps: tuple[tuple[How, Entry], ...]) -> Choice:
    return Choice(how=steps[0][0], mirrors=tuple(one.mirror for _, one in steps))
