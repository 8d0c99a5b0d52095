"""Rings: who is an equal of whom."""

import pytest

from mirrorsel.selection.entry import Entry, entry
from mirrorsel.selection.policy import Policy
from mirrorsel.selection.rendezvous import slot
from mirrorsel.selection.terrain import ring, rings, walk
from tests.selection.worlds import mirror


def listed(*prices: float) -> list[tuple[float, Entry]]:
    """Return mirrors at these costs."""
    return [
        (price, entry(number, mirror(f"m{number}"), {}))
        for number, price in enumerate(prices)
    ]


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        pytest.param([], [], id="none"),
        pytest.param([7], [[7]], id="one"),
        pytest.param([0, 250, 251], [[0, 250], [251]], id="the width of a ring"),
        pytest.param([1000, 1500, 1501], [[1000, 1500], [1501]], id="with a factor"),
        pytest.param([9, 0, 5], [[0, 5, 9]], id="sorted"),
        pytest.param(
            [0, 200, 400, 600, 5000],
            [[0, 200], [400, 600], [5000]],
            id="each has its own anchor",
        ),
        pytest.param([0, 0, 0], [[0, 0, 0]], id="equals"),
    ],
)
def test_mirrors_are_parted_into_rings(
    prices: list[float], expected: list[list[float]]
) -> None:
    """A ring reaches to 1.25 times the cost of its nearest, plus 250 km."""
    priced = listed(*prices)
    price = {one.position: cost for cost, one in priced}

    made = rings(priced, Policy())

    assert [[price[one.position] for one in part.entries] for part in made] == expected


def test_the_width_of_rings_is_a_setting() -> None:
    """With neither factor nor kilometres, only equal costs make equals."""
    made = rings(listed(0, 0, 1, 1.5), Policy(near_factor=1, near_km=0))

    assert [len(part.entries) for part in made] == [2, 1, 1]


def test_a_walk_goes_ring_by_ring() -> None:
    """All of a nearer ring come before any of a farther one."""
    made = rings(listed(*[0] * 5, *[9000] * 5), Policy())

    seen = [one.position for one in walk(made, slot("n"))]

    assert (sorted(seen[:5]), sorted(seen[5:])) == ([0, 1, 2, 3, 4], [5, 6, 7, 8, 9])


def test_what_is_pruned_leaves_the_others_in_order() -> None:
    """Those who stay are ranked as before."""
    whole = ring([one for _, one in listed(*[0] * 40)])
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
