"""What the clients of one cell see of the list."""

from collections.abc import Sequence
from functools import partial

from mirrorsel.selection.bounded import Bounded
from mirrorsel.selection.entry import Entry
from mirrorsel.selection.group import Group, groups
from mirrorsel.selection.nearest import Nearest
from mirrorsel.selection.policy import Policy
from mirrorsel.selection.refusal import Demand, refusal
from mirrorsel.selection.terrain import Ring, parted, ring
from mirrorsel.selection.unfolding import Unfolding

WORTH = 8
"""How many mirrors are worth looking for at a time: more than most answers name."""


class Survey:
    """What all cells see of some groups.

    It is an object of its own, so that what a landscape is made of does not refer
    to what keeps the landscape: an old list is gone with its last reference.
    """

    def __init__(
        self, nearest: Nearest, policy: Policy, rings: Bounded[tuple[int, ...], Ring]
    ) -> None:
        """Take the groups, and the rings that are known already by their groups."""
        self._nearest = nearest
        self._policy = policy
        self._rings = rings

    def rings(self, demand: Demand, count: int) -> tuple[Ring, ...]:
        """Return the first rings of those who are not refused, at least `count`."""
        priced = (
            (price, one)
            for price, one in self._nearest.by_cost(demand.cell)
            if refusal(one.any, demand) is None
        )
        found: list[Ring] = []
        mirrors = 0
        for part in parted(priced, self._policy):
            found.append(self._ring(part))
            mirrors += len(found[-1].entries)
            # To begin again for a few more would take as long as this did.
            if len(found) >= count and mirrors >= WORTH:
                break
        return tuple(found)

    def _ring(self, part: tuple[Group, ...]) -> Ring:
        """Return the ring of some groups: the same one for all cells that see it."""
        numbers = tuple(group.number for group in part)
        found = self._rings.get(numbers)
        if found is None:
            entries = [one for group in part for one in group.entries]
            found = self._rings[numbers] = ring(entries)
        return found


class Landscape:
    """What one cell sees of the list, for one kind of target."""

    __slots__ = ("_backups", "_demand", "_surveys", "mirrors")

    def __init__(self, demand: Demand, surveys: tuple[Survey, Survey]) -> None:
        """Take what the cell asks for, and what is seen of mirrors and of Backup."""
        self._demand = demand
        self._surveys = surveys
        self.mirrors = Unfolding(partial(surveys[0].rings, demand))
        """Rings from near to far, only as many as are asked for."""
        self._backups: Unfolding[Ring] | None = None

    @property
    def backups(self) -> Unfolding[Ring]:
        """The same of the Backup entries, which are hardly ever asked for."""
        if self._backups is None:
            self._backups = Unfolding(partial(self._surveys[1].rings, self._demand))
        return self._backups

    @property
    def nowhere(self) -> bool:
        """Whether nothing is known of the place of the cell."""
        return self._demand.cell.nowhere


def surveys(
    entries: Sequence[Entry], policy: Policy, capacity: int
) -> tuple[Survey, Survey]:
    """Return what is seen of the mirrors, and what of the Backup entries."""
    rings: Bounded[tuple[int, ...], Ring] = Bounded(capacity)
    alike = groups(entries, policy)
    mirrors = [one for one in alike if not one.any.mirror.backup]
    backups = [one for one in alike if one.any.mirror.backup]
    return (
        Survey(Nearest(mirrors, policy), policy, rings),
        Survey(Nearest(backups, policy), policy, rings),
    )
