"""What health leaves of rings, and how much of them is looked at."""

from collections.abc import Iterator

from mirrorsel.model import How
from mirrorsel.selection.geography import Geography
from mirrorsel.selection.policy import Policy
from mirrorsel.selection.sieve import Sieve
from mirrorsel.selection.terrain import Ring, ring
from tests.selection.worlds import DOWN, ORIGIN, PLACES, STALE, UNKNOWN, UP, mirror

HEALTH = (UP, DOWN, STALE, UNKNOWN, UP)


def world(count: int) -> tuple[Sieve, list[Ring]]:
    """Return a sieve and rings of three, whose health follows `HEALTH` in turn."""
    mirrors = [mirror(f"m{number}", ipv6=number % 2 == 0) for number in range(count)]
    geography = Geography(mirrors, PLACES, Policy(), ORIGIN)
    health = {
        one.url: HEALTH[number % len(HEALTH)] for number, one in enumerate(mirrors)
    }
    places = range(0, count, 3)
    rings = [ring(geography.entries[place : place + 3]) for place in places]
    return Sieve(geography, health), rings


def test_each_step_has_its_own_of_each_ring() -> None:
    """Those that are down are in none, and empty rings are left out."""
    sieve, rings = world(9)

    found = {
        how: [
            [one.position for one in part.entries]
            for part in sieve.usable(rings, how, ipv6=False)
        ]
        for how in (How.NEAR, How.UNPROBED, How.STALE, How.BACKUP)
    }

    assert found == {
        How.NEAR: [[0], [4, 5]],
        How.UNPROBED: [[3], [8]],
        How.STALE: [[2], [7]],
        How.BACKUP: [],
    }


def test_for_ipv6_those_without_it_come_behind_all_others() -> None:
    """They are parts of the same rings, and come when the rings are over."""
    sieve, rings = world(9)

    parts = [*sieve.parts(rings, How.NEAR, ipv6=True)]

    assert [
        (part.number, part.lacks_ipv6, [one.position for one in part.ring.entries])
        for part in parts
    ] == [(1, False, [0]), (2, False, [4]), (2, True, [5])]


def test_no_more_rings_are_looked_at_than_are_worth_it() -> None:
    """A first question takes rings until a few mirrors are found, and no more."""
    sieve, rings = world(300)
    looked: list[Ring] = []

    class _Seen:
        def __iter__(self) -> Iterator[Ring]:
            for one in rings:
                looked.append(one)
                yield one

    next(iter(sieve.usable(_Seen(), How.NEAR, ipv6=False)))

    # Two of five are up: eight of them are in the first twenty mirrors.
    assert len(looked) == 7
