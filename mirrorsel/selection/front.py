"""The first mirrors of a walk: all that a redirect names, found the quick way."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain, islice
from typing import TypeAlias

from mirrorsel.selection.entry import Entry
from mirrorsel.selection.lanes import mix
from mirrorsel.selection.rendezvous import Ranked
from mirrorsel.selection.terrain import Ring, walk

Front: TypeAlias = Callable[[int], list[Entry]]
"""Returns the first mirrors for a client's slot."""


def front(rings: Iterable[Ring], count: int) -> Front:
    """Return what finds the first `count` mirrors of a `walk`, or all of fewer.

    Most clients have a few small rings before them, whose mirrors are ranked at once.
    """
    near = _enough(rings, count)
    if not all(part.spread.flat and not part.capped for part in near):
        return partial(_one_by_one, rings, count)
    return _Small(near, count).first


class _Small:
    """Small rings without caps: all mirrors are hashed at once, each ring sorted."""

    __slots__ = ("_count", "_places", "_ranked")

    def __init__(self, rings: Iterable[Ring], count: int) -> None:
        self._count = count
        self._places: list[range] = []
        members: list[Entry] = []
        for part in rings:
            begin = len(members)
            members += part.entries
            self._places.append(range(begin, len(members)))
        self._ranked = Ranked(members)

    def first(self, slot: int) -> list[Entry]:
        scores = self._ranked.scores(mix(slot))
        order: list[int] = []
        for places in self._places:
            if len(places) == 1:
                order += places
            else:
                order += sorted(places, key=scores.__getitem__, reverse=True)
        members = self._ranked.members
        return [members[place] for place in order[: self._count]]


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
