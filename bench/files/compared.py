"""Two sides that were measured in turn, and what one is to the other."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from bench.duel import Spread, spread

Side = Callable[[], float]
"""Measures one side once."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Figures of both sides, a pair for each round."""

    pairs: Sequence[tuple[float, float]]

    @classmethod
    def measure(cls, ours: Side, other: Side, rounds: int) -> Self:
        """Measure both in turn, the first place changing.

        So what else the machine does hits both alike.
        """
        pairs = []
        for number in range(rounds):
            if number % 2 == 0:
                one = ours()
                pairs.append((one, other()))
            else:
                two = other()
                pairs.append((ours(), two))
        return cls(pairs)

    @property
    def ours(self) -> float:
        """Our own figure, in the middle."""
        return statistics.median(one for one, _ in self.pairs)

    @property
    def other(self) -> float:
        """The figure that it is held against, in the middle."""
        return statistics.median(other for _, other in self.pairs)

    @property
    def ratio(self) -> Spread:
        """How many times the other's figure ours is."""
        return spread([one / other for one, other in self.pairs])
