"""The choice itself: which mirrors a client gets, and why it does not get others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
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

_UNSEEN = Health()

Steps: TypeAlias = Iterator[tuple[How, Entry]]
Rings: TypeAlias = tuple[Ring, ...]
Ladder: TypeAlias = tuple[tuple[How, Rings], ...]
"""The steps of the fallback order that admit a mirror, each with its rings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a redirect needs of a selection."""

    how: How
    mirrors: tuple[Mirror, ...]
    """The first few mirrors in the client's order; never empty."""


class Index:
    """One generation of list and health, prepared for questions."""

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
        self._ladders: Bounded[object, Ladder] = Bounded(geography.capacity)

    def choose(self, client: Client, target: str, count: int) -> Choice:
        """Return the first `count` mirrors for a client, at least one."""
        key = self.geography.key(client)
        below = self.geography.covered(target)
        steps = tuple(islice(self._steps(key, below, client), count))
        return Choice(how=steps[0][0], mirrors=tuple(one.mirror for _, one in steps))

    def explain(self, client: Client, target: str) -> Selection:
        """Return every mirror, either with its rank or with its rejection."""
        key = self.geography.key(client)
        below = self.geography.covered(target)
        demand = self.geography.demand(key, below)
        steps = tuple(self._steps(key, below, client))
        ranked = {one.mirror.url for _, one in steps}
        return Selection(
            target=target,
            how=steps[0][0],
            ranked=tuple(self._candidate(how, one, demand.cell) for how, one in steps),
            rejections=tuple(
                self._rejection(one, demand)
                for one in self.geography.entries
                if one.mirror.url not in ranked
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
        near, unprobed, stale = (
            self._usable(landscape.mirrors, how, ipv6=ipv6)
            for how in (How.NEAR, How.UNPROBED, How.STALE)
        )
        spare = _without(landscape.backups, (*near, *unprobed))
        steps = (
            (How.ANYWHERE if cell_of(key).nowhere else How.NEAR, near),
            (How.UNPROBED, unprobed),
            (How.BACKUP, self._usable(spare, How.BACKUP, ipv6=ipv6)),
        )
        ladder = tuple(step for step in steps if step[1])
        if ladder:
            return ladder
        origin = (ring([self.geography.origin]),)
        return ((How.STALE, stale),) if stale else ((How.ORIGIN, origin),)

    def _usable(self, rings: Rings, how: How, *, ipv6: bool) -> Rings:
        """Return the rings of the mirrors that a step admits.

        For IPv6 clients, all rings of mirrors whose IPv6 is known to be missing
        come behind all others.
        """
        parts = (False, True) if ipv6 else (None,)
        return tuple(
            usable
            for lacking in parts
            for one in rings
            if (
                usable := one.pruned(partial(self._admits, how=how, lacking=lacking))
            ).entries
        )

    def _admits(self, one: Entry, *, how: How, lacking: bool | None) -> bool:
        if self._tiers[one.position] is not how:
            return False
        return lacking is None or self._lacks_ipv6(one) is lacking

    def _lacks_ipv6(self, one: Entry) -> bool:
        return not one.mirror.ipv6 or self.health[one.position].ipv6 is False


def _without(rings: Rings, taken: Rings) -> Rings:
    """Return rings without the mirrors that others hold under the same URL.

    A mirror may be listed once for its country and once as Backup.
    """
    urls = {one.mirror.url for part in taken for one in part.entries}
    return tuple(part.pruned(lambda one: one.mirror.url not in urls) for part in rings)
