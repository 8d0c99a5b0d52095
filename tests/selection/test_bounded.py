"""A memory that cannot grow without bound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.selection.bounded import Bounded


@pytest.mark.parametrize("limit", [-1, 0, 1, 3, 40])
def test_it_never_holds_more_than_its_limit(limit: int) -> None:
    """When it is full the oldest answers make room for the newest."""
    memory: Bounded[int, int] = Bounded(limit)

    for number in range(100):
        memory[number] = number
        assert memory[number] == number
        assert len(memory) <= max(1, limit)
        assert list(memory) == list(range(number + 1))[-len(memory) :]
        assert len(memory) > min(number, limit * 9 / 10 - 2)


@given(st.lists(st.integers(0, 9)), st.integers(1, 5))
def test_what_it_holds_is_right(keys: list[int], limit: int) -> None:
    """It may forget, but never mistake one answer for another."""
    memory: Bounded[int, str] = Bounded(limit)

    for one in keys:
        memory[one] = str(one)

    assert all(value == str(one) for one, value in memory.items())
