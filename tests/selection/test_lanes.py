"""Numbers that are mixed side by side."""

from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.selection.lanes import Lanes
from mirrorsel.selection.rendezvous import mix

NUMBERS = st.integers(0, 2**64 - 1)


@given(st.lists(NUMBERS, max_size=40), NUMBERS)
def test_each_is_mixed_as_if_it_were_alone(numbers: list[int], start: int) -> None:
    """No lane reaches into another."""
    assert Lanes(numbers).mixed(start) == tuple(mix(start ^ one) for one in numbers)
