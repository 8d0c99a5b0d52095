"""What health leaves of rings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mirrorsel.model import Health, How
from mirrorsel.selection.bounded import Bounded
from mirrorsel.selection.entry import Entry, tier
from mirrorsel.selection.geography import Geography
from mirrorsel.selection.landscape import WORTH
from mirrorsel.selection.ranking import Usable
from mirrorsel.selection.terrain import Ring
from mirrorsel.selection.unfolding import Unfolding

_UNSEEN = Health()
_FAMILIES = (False, True)
"""For IPv6 clients, those that lack it come last."""


class Sieve:
    """The health of one moment, by which mirrors are taken out of rings."""

    def __init__(self, geography: Geography, health: Mapping[str, Health]) -> None:
        """Take the health of mirrors by URL; a missing one was never probed."""
        self._entries = geography.entries
        self.health = tuple(
            health.get(one.mirror.url, _UNSEEN) for one in geography.entries
        )
        self._tiers = tuple(
            tier(one.mirror, known)
            for one, known in zip(geography.entries, self.health, strict=True)
        )
        self._taken = frozenset(self._tiers)
        self._steps: dict[tuple[How, bool | None], bytes] = {}
        self._rings: Bounded[object, Ring] = Bounded(geography.capacity)

    def tier(self, one: Entry) -> How | None:
        """Return the step of the fallback order that admits a mirror, if any does."""
        return self._tiers[one.position]

    def health_of(self, one: Entry) -> Health:
        """Return what is believed of a mirror; the origin is never probed as one."""
        return self.health[one.position] if one.position >= 0 else _UNSEEN

    def usable(self, rings: Iterable[Ring], how: How, *, ipv6: bool) -> Iterable[Ring]:
        """Return what a step admits of each ring, where that is anything.

        For IPv6 clients, all mirrors whose IPv6 is known to be missing come behind
        all others.
        """
        if how not in self._taken:
            return ()

        def first(count: int) -> Sequence[Ring]:
            found: list[Ring] = []
            mirrors = 0
            for part in self.parts(rings, how, ipv6=ipv6):
                found.append(part.ring)
                mirrors += len(part.ring.entries)
                if len(found) >= count and mirrors >= WORTH:
                    break
            return found

        return Unfolding(first)

    def parts(self, rings: Iterable[Ring], how: How, *, ipv6: bool) -> Iterator[Usable]:
        """Yield the same as `usable`, with the ring that each is of."""
        for lacking in _FAMILIES if ipv6 else (None,):
            for number, one in enumerate(rings, start=1):
                part = self._pruned(one, how, lacking=lacking)
                if part.entries:
                    yield Usable(number=number, lacks_ipv6=bool(lacking), ring=part)

    def _pruned(self, one: Ring, how: How, *, lacking: bool | None) -> Ring:
        question = (one, how, lacking)
        found = self._rings.get(question)
        if found is None:
            admitted = self._admitted(how, lacking=lacking)
            kept = one.pruned(lambda entry: admitted[entry.position] > 0)
            found = self._rings[question] = kept
        return found

    def _admitted(self, how: How, *, lacking: bool | None) -> bytes:
        """Return whether a step admits each mirror, in the order of the list."""
        found = self._steps.get((how, lacking))
        if found is None:
            found = self._steps[how, lacking] = bytes(
                self._tiers[one.position] is how
                and (lacking is None or self._lacks_ipv6(one) is lacking)
                for one in self._entries
            )
        return found

    def _lacks_ipv6(self, one: Entry) -> bool:
        return not one.mirror.ipv6 or self.health[one.position].ipv6.up is False
