"""Two sides that were measured in turn, and what one is to the other."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

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
    def ratios(self) -> Sequence[float]:
        """Ours to the other, round by round, sorted."""
        return sorted(one / other for one, other in self.pairs)

    @property
    def ratio(self) -> float:
        """Ours to the other, in the middle."""
        return statistics.median(self.ratios)

    @property
    def cells(self) -> tuple[str, str]:
        """Ratio and range, as a table has them."""
        ratios = self.ratios
        return f"{self.ratio:.2f}", f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
