"""The choice itself: which mirrors a client gets, and why it does not get others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
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
from mirrorsel.selection.absent import NOBODY, Absent, Steps
from mirrorsel.selection.bounded import Bounded
from mirrorsel.selection.cell import Cell, CellKey, cell_of
from mirrorsel.selection.cost import cost
from mirrorsel.selection.entry import Entry, tier
from mirrorsel.selection.geography import Geography
from mirrorsel.selection.refusal import Demand, refusal
from mirrorsel.selection.rendezvous import slot
from mirrorsel.selection.terrain import Ring, walk

_UNSEEN = Health()
_MIRRORS = (How.NEAR, How.UNPROBED)

Rings: TypeAlias = tuple[Ring, ...]


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
        self._taken = frozenset(self._tiers)
        self._rings: Bounded[object, Ring] = Bounded(geography.capacity)

    def choose(
        self, client: Client, target: str, count: int, absent: Absent = NOBODY
    ) -> Choice:
        """Return the first `count` mirrors for a client, at least one.

        Mirrors that are `absent` are passed over; the origin never is.
        """
        key = self.geography.key(client)
        below = self.geography.covered(target)
        steps = tuple(islice(self._steps(key, below, client, absent), count))
        return Choice(how=steps[0][0], mirrors=tuple(one.mirror for _, one in steps))

    def explain(
        self, client: Client, target: str, absent: Absent = NOBODY
    ) -> Selection:
        """Return every mirror, either with its rank or with its rejection."""
        key = self.geography.key(client)
        below = self.geography.covered(target)
        demand = self.geography.demand(key, below)
        steps = tuple(self._steps(key, below, client, absent))
        ranked = {one.mirror.url for _, one in steps}
        return Selection(
            target=target,
            how=steps[0][0],
            ranked=tuple(self._candidate(how, one, demand.cell) for how, one in steps),
            rejections=tuple(
                self._rejection(one, demand, absent)
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

    def _rejection(self, one: Entry, demand: Demand, absent: Absent) -> Rejection:
        return Rejection(
            mirror=one.mirror,
            health=self._health(one),
            reason=refusal(one, demand) or self._fault(one, absent),
        )

    def _fault(self, one: Entry, absent: Absent) -> Reason:
        """Return why an eligible mirror is in no step."""
        match self._tiers[one.position]:
            case None:
                return Reason.DOWN
            case How.NEAR | How.UNPROBED | How.BACKUP:
                return absent.why(one.position) or Reason.STALE
        return Reason.STALE

    def _health(self, one: Entry) -> Health:
        return self.health[one.position] if one.position >= 0 else _UNSEEN

    def _steps(
        self, key: CellKey, below: frozenset[str], client: Client, absent: Absent
    ) -> Steps:
        """Yield the mirrors of all steps of the fallback order, nearest first.

        Only as much is worked out as is asked for.
        """
        landscape = self.geography.landscape(key, below)
        cell = cell_of(key)
        near = How.ANYWHERE if cell.nowhere else How.NEAR
        walks = (
            (near, self._walk(landscape.mirrors, How.NEAR, client)),
            (How.UNPROBED, self._walk(landscape.mirrors, How.UNPROBED, client)),
            (How.BACKUP, self._spare(landscape.backups, key, below, client)),
        )
        steps = absent.without((how, one) for how, walked in walks for one in walked)
        first = next(steps, None)
        if first is not None:
            return chain((first,), steps)
        walked = self._walk(landscape.mirrors, How.STALE, client)
        stale = tuple(absent.without((How.STALE, one) for one in walked))
        if stale:
            return iter(stale)
        return iter([(How.ORIGIN, self.geography.origin)])

    def _walk(self, rings: Rings, how: How, client: Client) -> Iterator[Entry]:
        """Yield the mirrors that a step admits.

        For IPv6 clients, all mirrors whose IPv6 is known to be missing come behind
        all others.
        """
        if how not in self._taken:
            return iter(())
        usable = (
            part
            for lacking in ((False, True) if client.ipv6 else (None,))
            for one in rings
            if (part := self._pruned(one, how, lacking=lacking)).entries
        )
        return walk(usable, slot(client.network))

    def _spare(
        self, backups: Rings, key: CellKey, below: frozenset[str], client: Client
    ) -> Iterator[Entry]:
        """Yield the Backup entries that are not among the mirrors already."""
        demand = self.geography.demand(key, below)
        walked = self._walk(backups, How.BACKUP, client)
        return (one for one in walked if not self._stands_already(one, demand))

    def _stands_already(self, spare: Entry, demand: Demand) -> bool:
        # A mirror may be listed once for its country and once as Backup.
        twins = self.geography.by_url[spare.mirror.url]
        return any(
            self._tiers[one.position] in _MIRRORS and refusal(one, demand) is None
            for one in twins
        )

    def _pruned(self, one: Ring, how: How, *, lacking: bool | None) -> Ring:
        question = (one, how, lacking)
        found = self._rings.get(question)
        if found is None:
            keep = partial(self._admits, how=how, lacking=lacking)
            found = self._rings[question] = one.pruned(keep)
        return found

    def _admits(self, one: Entry, *, how: How, lacking: bool | None) -> bool:
        if self._tiers[one.position] is not how:
            return False
        return lacking is None or self._lacks_ipv6(one) is lacking

    def _lacks_ipv6(self, one: Entry) -> bool:
        return not one.mirror.ipv6 or self.health[one.position].ipv6.up is False
