"""The first mirrors of a walk: all that a redirect names, found the quick way."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import accumulate, chain, islice
from typing import TypeAlias

from mirrorsel.selection.entry import Entry
from mirrorsel.selection.lanes import PLACE, Lanes, mix
from mirrorsel.selection.terrain import Ring, walk

Front: TypeAlias = Callable[[int], list[Entry]]
"""Returns the first mirrors for a client's slot."""


def front(rings: Iterable[Ring], count: int) -> Front:
    """Return what finds the first `count` mirrors of a `walk`, or all of fewer.

    Most clients have a few small rings before them, whose mirrors are ranked at once.
    """
    near = _enough(rings, count)
    if any(part.capped or part.large or _is_weighted(part) for part in near):
        return partial(_one_by_one, rings, count)
    return _Small(near, count)


class _Small:
    """Small rings of equals: all mirrors are hashed at once, each ring sorted."""

    __slots__ = ("_count", "_ends", "_lanes", "_members")

    def __init__(self, rings: Sequence[Ring], count: int) -> None:
        self._count = count
        self._members = tuple([one for part in rings for one in part.entries])
        self._lanes = Lanes(one.key for one in self._members)
        self._ends = tuple(accumulate(len(part.entries) for part in rings))

    def __call__(self, slot: int) -> list[Entry]:
        marked, members = self._lanes.marked(mix(slot)), self._members
        order: list[int] = []
        for end in self._ends:
            order += sorted(marked[len(order) : end], reverse=True)
        return [members[one & PLACE] for one in order[: self._count]]


def _is_weighted(part: Ring) -> bool:
    return len({one.weight for one in part.entries}) > 1


def _enough(rings: Iterable[Ring], count: int) -> Sequence[Ring]:
    """Return the rings that hold the first mirrors, as many of them as there are."""
    found: list[Ring] = []
    for part in rings:
        found.append(part)
        count -= len(part.entries)
        if count <= 0:
            break
    return found


def _one_by_one(rings: Iterable[Ring], count: int, slot: int) -> list[Entry]:
    found: list[Entry] = []
    left = iter(rings)
    for part in left:
        if part.capped:
            found += islice(walk(chain((part,), left), slot), count - len(found))
        else:
            found += part.spread.first(slot, count - len(found))
        if len(found) >= count:
            break
    return found
