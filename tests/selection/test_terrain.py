"""Rings: who is an equal of whom."""

import pytest

from mirrorsel.selection.entry import Entry, entry
from mirrorsel.selection.group import Group
from mirrorsel.selection.policy import Policy
from mirrorsel.selection.rendezvous import slot
from mirrorsel.selection.terrain import parted, ring, walk
from tests.selection.worlds import mirror


def entries(count: int) -> list[Entry]:
    """Return this many mirrors."""
    return [entry(number, mirror(f"m{number}"), {}) for number in range(count)]


def listed(*prices: float) -> list[tuple[float, Group]]:
    """Return groups of one mirror at these costs."""
    return [
        (price, Group(number=one.position, entries=(one,)))
        for price, one in zip(prices, entries(len(prices)), strict=True)
    ]


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        pytest.param([], [], id="none"),
        pytest.param([7], [[7]], id="one"),
        pytest.param([0, 250, 251], [[0, 250], [251]], id="the width of a ring"),
        pytest.param([1000, 1500, 1501], [[1000, 1500], [1501]], id="with a factor"),
        pytest.param(
            [0, 200, 400, 600, 5000],
            [[0, 200], [400, 600], [5000]],
            id="each has its own anchor",
        ),
        pytest.param([0, 0, 0], [[0, 0, 0]], id="equals"),
        pytest.param(
            [100_000, 100_200, 100_900, 101_000],
            [[100_000, 100_200], [100_900, 101_000]],
            id="behind a detour as wide as before it",
        ),
        pytest.param(
            [99_999, 100_000], [[99_999], [100_000]], id="none reaches across a detour"
        ),
    ],
)
def test_mirrors_are_parted_into_rings(
    prices: list[float], expected: list[list[float]]
) -> None:
    """A ring reaches to 1.25 times the cost of its nearest, plus 250 km."""
    made = parted(listed(*prices), Policy())

    assert [[prices[one.number] for one in part] for part in made] == expected


def test_the_width_of_rings_is_a_setting() -> None:
    """With neither factor nor kilometres, only equal costs make equals."""
    made = parted(listed(0, 0, 1, 1.5), Policy(near_factor=1, near_km=0))

    assert [len(part) for part in made] == [2, 1, 1]


def test_a_walk_goes_ring_by_ring() -> None:
    """All of a nearer ring come before any of a farther one."""
    mirrors = entries(10)
    made = [ring(mirrors[:5]), ring(mirrors[5:])]

    seen = [one.position for one in walk(made, slot("n"))]

    assert (sorted(seen[:5]), sorted(seen[5:])) == ([0, 1, 2, 3, 4], [5, 6, 7, 8, 9])


def test_what_is_pruned_leaves_the_others_in_order() -> None:
    """Those who stay are ranked as before."""
    whole = ring(entries(40))
    even = whole.pruned(lambda one: one.position % 2 == 0)

    order = [one for one in walk([whole], 7) if one.position % 2 == 0]

    assert list(walk([even], 7)) == order


def test_a_capped_mirror_is_passed_over_for_a_ring() -> None:
    """For the surplus its ring comes after the next, and it comes last of it."""
    capped = entry(0, mirror("m0", max_share=0.0001), {})
    others = [entry(number, mirror(f"m{number}"), {}) for number in (1, 2)]
    made = [ring([capped]), ring([others[0]]), ring([others[1]])]

    seen = [one.position for one in walk(made, slot("n"))]

    assert seen == [1, 0, 2]


@pytest.mark.parametrize("count", [1, 20, 21, 60])
def test_a_large_ring_is_one_whose_set_is_a_tree(count: int) -> None:
    """Whoever looks at the ring alone knows what its set will be, dead ones or not."""
    whole = ring(entries(count))
    pruned = whole.pruned(lambda one: one.position == 0)

    assert whole.large is (whole.spread.left() is not None)
    assert pruned.large is (pruned.spread.left() is not None)
