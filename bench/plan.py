"""How long everything is measured."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The size of one run of the benchmark."""

    quick: bool
    """Whether only what has a bar is measured, and shortly."""
    lasts: str
    """How long all parts take together, in words."""
    rounds: int
    """How often both sides of a comparison are loaded."""
    seconds: int
    """How long one side is loaded."""
    warm: int
    """How long a server gets to know many clients before it is measured."""
    networks: int
    """How many networks the City database has."""
    clients: int
    """How many clients the quality of the selection is measured with."""


FULL = Plan(
    quick=False,
    lasts="half an hour",
    rounds=5,
    seconds=1,
    warm=8,
    networks=200_000,
    clients=100_000,
)
QUICK = Plan(
    quick=True,
    lasts="seven minutes",
    rounds=2,
    seconds=1,
    warm=1,
    networks=20_000,
    clients=10_000,
)
