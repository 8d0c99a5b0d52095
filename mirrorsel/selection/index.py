"""The choice itself: which mirrors a client gets, and why it does not get others."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeAlias

from msgspec import Struct

from mirrorsel.model import (
    Candidate,
    Client,
    Health,
    How,
    Location,
    Mirror,
    Rank,
    Reason,
    Rejection,
    Selection,
)
from mirrorsel.selection.absent import NOBODY, Absent, Steps
from mirrorsel.selection.bounded import Bounded
from mirrorsel.selection.cell import Cell, CellKey
from mirrorsel.selection.cost import cost, overrides
from mirrorsel.selection.entry import Entry
from mirrorsel.selection.front import Front, front
from mirrorsel.selection.geography import Geography, Question
from mirrorsel.selection.landscape import Landscape
from mirrorsel.selection.ranking import bounds, ranks, ring_numbers
from mirrorsel.selection.refusal import Demand, refusal
from mirrorsel.selection.rendezvous import slot
from mirrorsel.selection.sieve import Sieve
from mirrorsel.selection.terrain import Ring, decisive, ring, walk
from mirrorsel.selection.unfolding import Unfolding

_UNPLACED = Client(location=Location())
_MIRRORS = (How.NEAR, How.UNPROBED)

Rings: TypeAlias = Unfolding[Ring]

_Asked: TypeAlias = tuple[CellKey, frozenset[str], bool, int]
"""A cell, the prefixes above a target, whether clients have IPv6, and how many mirrors
are asked for."""


class Choice(Struct, frozen=True, kw_only=True, gc=False):
    """What a redirect needs of a selection."""

    how: How
    mirrors: tuple[Mirror, ...]
    """The first few mirrors in the client's order; never empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What decides on the first mirror of some clients."""

    how: How
    rings: tuple[Ring, ...]
    """The usable mirrors of the step, as far as anybody's first is among them."""

    @property
    def capped(self) -> bool:
        """Whether a `max_share` turns clients away."""
        return not self.rings[0].keeps_all


class Index:
    """One generation of list and health, prepared for questions."""

    def __init__(self, geography: Geography, health: Mapping[str, Health]) -> None:
        """Take the health of mirrors by URL; a missing one was never probed."""
        self.geography = geography
        self.countries: Bounded[object, tuple[Entry, ...]] = Bounded(geography.capacity)
        """What was listed of countries for earlier requests."""
        self._sieve = Sieve(geography, health)
        self._stages: Bounded[tuple[Rings, How, bool], Iterable[Ring]] = Bounded(
            len(_MIRRORS) * geography.capacity
        )
        self._fronts: Bounded[_Asked, tuple[How, Front]] = Bounded(geography.capacity)
        self.health = self._sieve.health
        self.tier = self._sieve.tier
        """Returns the step of the fallback order that admits a mirror, if any does."""
        self.health_of = self._sieve.health_of
        """Returns what is believed of a mirror."""

    def choose(
        self, client: Client, target: str, count: int, absent: Absent = NOBODY
    ) -> Choice:
        """Return the first `count` mirrors for a client, at least one.

        Mirrors that are `absent` are passed over; the origin never is.
        """
        key = self.geography.key(client)
        below = self.geography.covered(target)
        if absent is NOBODY:
            how, near = self._nearest(key, below, client, count)
            if len(near) >= count:
                return Choice(how=how, mirrors=tuple([one.mirror for one in near]))
        steps = tuple(islice(self._steps(key, below, client, absent), count))
        return Choice(how=steps[0][0], mirrors=tuple(one.mirror for _, one in steps))

    def prepare(
        self, questions: Iterable[Question], count: int, enough: Callable[[], bool]
    ) -> None:
        """Work out beforehand what the first client of each cell would wait for.

        Args:
            questions: Cells with prefixes, in any order.
            count: How many mirrors such a client gets.
            enough: Tells when to stop.

        """
        for key, below in questions:
            if enough():
                return
            self._nearest(key, below, _UNPLACED, count)

    def order(self, client: Client, target: str, absent: Absent = NOBODY) -> Steps:
        """Yield the mirrors for a client, each with the step that admits it.

        Only as much is worked out as is asked for.
        """
        key, below = self.geography.key(client), self.geography.covered(target)
        return self._steps(key, below, client, absent)

    def explain(
        self, client: Client, target: str, absent: Absent = NOBODY
    ) -> Selection:
        """Return every mirror, either with its rank or with its rejection."""
        key, below = self.geography.key(client), self.geography.covered(target)
        demand = self.geography.demand(key, below)
        landscape = self.geography.landscape(key, below)
        steps = tuple(self._steps(key, below, client, absent))
        ranked = {one.mirror.url for _, one in steps}
        known, rings = self._ranks(landscape, client), ring_numbers(landscape)
        return Selection(
            target=target,
            how=steps[0][0],
            ranked=tuple(
                self._candidate(how, one, demand.cell, known) for how, one in steps
            ),
            rejections=tuple(
                self._rejection(one, demand, rings, absent)
                for one in self.geography.entries
                if one.mirror.url not in ranked
            ),
            rings=bounds(landscape, demand.cell, self.geography.policy),
            slot=slot(client.network),
        )

    def stage(self, client: Client, target: str) -> Stage:
        """Return what a client and all others of its cell get their first mirror of.

        That is the first one of a `walk` of the stage's rings.
        """
        key = self.geography.key(client)
        landscape = self.geography.landscape(key, self.geography.covered(target))
        near = How.ANYWHERE if landscape.nowhere else How.NEAR
        for how, rings, admits in (
            (near, landscape.mirrors, How.NEAR),
            (How.UNPROBED, landscape.mirrors, How.UNPROBED),
            (How.BACKUP, landscape.backups, How.BACKUP),
            (How.STALE, landscape.mirrors, How.STALE),
        ):
            if usable := decisive(self._usable(rings, admits, client)):
                return Stage(how=how, rings=usable)
        return Stage(how=How.ORIGIN, rings=(ring((self.geography.origin,)),))

    def _candidate(
        self, how: How, one: Entry, cell: Cell, known: Mapping[int, Rank]
    ) -> Candidate:
        policy = self.geography.policy
        return Candidate(
            mirror=one.mirror,
            health=self.health_of(one),
            cost=cost(cell, one, policy),
            how=how,
            rank=known.get(one.position),
            overrides=overrides(cell, one.mirror, policy),
        )

    def _rejection(
        self, one: Entry, demand: Demand, rings: Mapping[int, int], absent: Absent
    ) -> Rejection:
        return Rejection(
            mirror=one.mirror,
            health=self.health_of(one),
            reason=refusal(one, demand) or self._fault(one, absent),
            cost=cost(demand.cell, one, self.geography.policy),
            ring=rings.get(one.position),
        )

    def _fault(self, one: Entry, absent: Absent) -> Reason:
        """Return why an eligible mirror is in no step."""
        match self.tier(one):
            case None:
                return Reason.DOWN
            case How.NEAR | How.UNPROBED | How.BACKUP:
                return absent.why(one.position) or Reason.STALE
        return Reason.STALE

    def _ranks(self, landscape: Landscape, client: Client) -> Mapping[int, Rank]:
        """Return the ranks of all steps; a mirror is in the step of its health."""
        place = slot(client.network)
        steps = (
            (landscape.mirrors, How.NEAR),
            (landscape.mirrors, How.UNPROBED),
            (landscape.mirrors, How.STALE),
            (landscape.backups, How.BACKUP),
        )
        return {
            position: rank
            for rings, how in steps
            for position, rank in ranks(
                self._sieve.parts(rings, how, ipv6=client.ipv6), place
            ).items()
        }

    def _nearest(
        self, key: CellKey, below: frozenset[str], client: Client, count: int
    ) -> tuple[How, list[Entry]]:
        """Return the beginning of `_steps`, as far as one step has it all.

        Nearly all requests want no more.
        """
        question = (key, below, client.ipv6, count)
        known = self._fronts.get(question)
        if known is None:
            known = self._fronts[question] = self._front(key, below, client, count)
        how, first = known
        return how, first(slot(client.network))

    def _front(
        self, key: CellKey, below: frozenset[str], client: Client, count: int
    ) -> tuple[How, Front]:
        """Return what finds the first mirrors, and the step that admits them."""
        landscape = self.geography.landscape(key, below)
        for how in _MIRRORS:
            rings = self._sieve.usable(landscape.mirrors, how, ipv6=client.ipv6)
            if any(True for _ in rings):
                break
        anywhere = how is How.NEAR and landscape.nowhere
        return How.ANYWHERE if anywhere else how, front(rings, count)

    def _steps(
        self, key: CellKey, below: frozenset[str], client: Client, absent: Absent
    ) -> Steps:
        """Yield the mirrors of all steps of the fallback order, nearest first.

        Only as much is worked out as is asked for.
        """
        landscape = self.geography.landscape(key, below)
        near = How.ANYWHERE if landscape.nowhere else How.NEAR
        walks = (
            (near, self._walk(landscape.mirrors, How.NEAR, client)),
            (How.UNPROBED, self._walk(landscape.mirrors, How.UNPROBED, client)),
            (How.BACKUP, self._spare(landscape, key, below, client)),
        )
        steps = absent.without((how, one) for how, walked in walks for one in walked)
        nearest = next(steps, None)
        if nearest is not None:
            return chain((nearest,), steps)
        walked = self._walk(landscape.mirrors, How.STALE, client)
        stale = tuple(absent.without((How.STALE, one) for one in walked))
        if stale:
            return iter(stale)
        return iter([(How.ORIGIN, self.geography.origin)])

    def _walk(self, rings: Rings, how: How, client: Client) -> Iterator[Entry]:
        """Yield the mirrors that a step admits."""
        yield from walk(self._usable(rings, how, client), slot(client.network))

    def _usable(self, rings: Rings, how: How, client: Client) -> Iterable[Ring]:
        """Return what a step admits of rings, worked out once for all clients."""
        question = (rings, how, client.ipv6)
        found = self._stages.get(question)
        if found is None:
            found = self._sieve.usable(rings, how, ipv6=client.ipv6)
            self._stages[question] = found
        return found

    def _spare(
        self, landscape: Landscape, key: CellKey, below: frozenset[str], client: Client
    ) -> Iterator[Entry]:
        """Yield the Backup entries that are not among the mirrors already."""
        demand = self.geography.demand(key, below)
        for one in self._walk(landscape.backups, How.BACKUP, client):
            if not self._stands_already(one, demand):
                yield one

    def _stands_already(self, spare: Entry, demand: Demand) -> bool:
        # A mirror may be listed once for its country and once as Backup.
        twins = self.geography.by_url[spare.mirror.url]
        return any(
            self.tier(one) in _MIRRORS and refusal(one, demand) is None for one in twins
        )
