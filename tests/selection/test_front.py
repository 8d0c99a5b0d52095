"""The first mirrors of a walk, found the quick way."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.model import Mirror
from mirrorsel.selection.entry import entry
from mirrorsel.selection.front import front
from mirrorsel.selection.terrain import Ring, ring, walk
from tests.selection.worlds import mirror

SLOTS = st.integers(0, 2**32 - 1)


def rings(
    sizes: Sequence[int],
    weights: Sequence[int] = (1,),
    cap: float | None = None,
    dead: int | None = None,
) -> list[Ring]:
    """Return rings of these sizes, with these weights in turn, a seventh dead."""
    made, begin = [], 0
    for size in sizes:
        listed = [
            entry(number, _mirror(number, weights, cap), {})
            for number in range(begin, begin + size)
        ]
        made.append(ring(listed).pruned(lambda one: one.position % 7 != dead))
        begin += size
    return [part for part in made if part.entries]


def _mirror(number: int, weights: Sequence[int], cap: float | None) -> Mirror:
    weight = weights[number % len(weights)]
    return mirror(f"m{number}", weight=weight, max_share=cap)


RINGS = st.builds(
    rings,
    st.lists(st.integers(1, 30), max_size=6),
    st.lists(st.integers(1, 9), min_size=1, max_size=3),
    st.sampled_from([None, 0.3]),
    st.integers(0, 7),
)


@given(RINGS, SLOTS, st.integers(1, 12))
def test_they_are_the_beginning_of_the_walk(
    made: list[Ring], slot: int, count: int
) -> None:
    """However many rings there are, whatever they are like and is left of them."""
    assert front(made, count)(slot) == list(walk(made, slot))[:count]


def test_no_more_rings_are_looked_at_than_have_enough() -> None:
    """A ring may take long to be made."""
    looked = iter([*rings([2, 3]), None])

    assert len(front(looked, 4)(1)) == 4  # type: ignore[arg-type]
    assert next(looked) is None
