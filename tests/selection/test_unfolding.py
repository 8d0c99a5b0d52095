"""Sequences that are worked out as far as anybody has asked."""

from itertools import islice

import pytest

from mirrorsel.selection.unfolding import Unfolding


class _Asked:
    """Makes numbers, and knows how many it was asked for."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.counts: list[int] = []

    def __call__(self, count: int) -> range:
        self.counts.append(count)
        return range(min(count, self.length))


@pytest.mark.parametrize("length", [0, 1, 2, 4, 5, 16, 100])
def test_all_items_come_in_order(length: int) -> None:
    """However long it is, and each time anew."""
    made = Unfolding(_Asked(length))

    assert list(made) == list(range(length))
    assert list(made) == list(range(length))


def test_no_more_is_made_than_is_asked_for() -> None:
    """More than the first item takes another, larger step."""
    asked = _Asked(100)
    made = Unfolding(asked)

    assert list(islice(made, 1)) == [0]
    assert asked.counts == [1]
    assert list(islice(made, 3)) == [0, 1, 2]
    assert asked.counts == [1, 4]


def test_what_is_known_is_not_made_again() -> None:
    """Neither the items nor the end."""
    asked = _Asked(3)
    made = Unfolding(asked)
    list(made)
    before = list(asked.counts)

    assert list(made) == [0, 1, 2]
    assert asked.counts == before


def test_two_may_iterate_at_once() -> None:
    """Each goes on from its own place, whoever makes the items."""
    made = Unfolding(_Asked(6))
    one, other = iter(made), iter(made)

    assert [next(one), next(other), next(one), next(one)] == [0, 0, 1, 2]
    assert list(other) == [1, 2, 3, 4, 5]
    assert list(one) == [3, 4, 5]
