"""Many 64-bit numbers mixed at once, side by side in one large integer.

Python works on a thousand bits nearly as fast as on sixty, so that sixteen numbers
take a third of the time that they take one by one.
"""

import struct
from collections.abc import Iterable
from functools import cache

_WIDTH = 128
"""The bits of a lane: as many as a product of two numbers may need."""
_ALL = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15
_FIRST = 0xBF58476D1CE4E5B9
_SECOND = 0x94D049BB133111EB


class Lanes:
    """Some numbers, each in a lane of its own."""

    __slots__ = ("_layout", "_numbers")

    def __init__(self, numbers: Iterable[int]) -> None:
        """Lay out the numbers, of 64 bits each, in their order."""
        given = tuple(numbers)
        self._layout = _layout(len(given))
        *_, laid = self._layout
        self._numbers = int.from_bytes(laid.pack(*given), "little")

    def mixed(self, start: int) -> tuple[int, ...]:
        """Return `mix(start ^ number)` of each number, in their order."""
        ones, steps, low, laid = self._layout
        many = ((self._numbers ^ start * ones) + steps) & low
        many = ((many ^ (many >> 30)) & low) * _FIRST & low
        many = ((many ^ (many >> 27)) & low) * _SECOND & low
        many = (many ^ (many >> 31)) & low
        return laid.unpack(many.to_bytes(laid.size, "little"))


@cache
def _layout(count: int) -> tuple[int, int, int, struct.Struct]:
    """Return a one and a step in each lane, all lower halves, and how lanes lie."""
    laid = struct.Struct("<" + "Q8x" * count)
    ones = int.from_bytes(laid.pack(*[1] * count), "little")
    return ones, ones * _STEP, ones * _ALL, laid
