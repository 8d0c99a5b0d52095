"""Numbers that are mixed, alone or side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.selection.lanes import PLACE, Lanes, mix

NUMBERS = st.integers(0, 2**64 - 1)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(0, 0xE220A8397B1DCDAF, id="the first of SplitMix64"),
        pytest.param(0x9E3779B97F4A7C15, 0x6E789E6AA1B965F4, id="the second"),
        pytest.param(2 * 0x9E3779B97F4A7C15, 0x06C45D188009454F, id="the third"),
    ],
)
def test_bits_are_mixed_as_published(value: int, expected: int) -> None:
    """The numbers are those of the generator with the seed 0."""
    assert mix(value) == expected


@given(st.lists(NUMBERS, max_size=40), NUMBERS)
def test_each_is_mixed_as_if_it_were_alone(numbers: list[int], start: int) -> None:
    """No lane reaches into another."""
    assert Lanes(numbers).mixed(start) == tuple(mix(start ^ one) for one in numbers)


@given(st.lists(NUMBERS, max_size=40), NUMBERS)
def test_a_mark_tells_the_place_and_the_order(numbers: list[int], start: int) -> None:
    """Only the lowest bits make way for it."""
    marked = Lanes(numbers).marked(start)

    assert [one & PLACE for one in marked] == [*range(len(numbers))]
    assert [one & ~PLACE for one in marked] == [
        mix(start ^ one) & ~PLACE for one in numbers
    ]
