"""How many clients each country has, as a preview counts them."""

from collections.abc import Mapping
from dataclasses import dataclass

from mirrorsel.geo import addresses
from mirrorsel.model import Country


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The clients of each country, in any unit."""

    clients: Mapping[str, float]
    about: str
    """What they are, in words."""


def default_weights(countries: Mapping[str, Country]) -> Weights:
    """Return the estimate that needs nothing but what comes with mirrorsel."""
    about = "IPv4 addresses of each country in the embedded country table"
    return Weights(clients=addresses(countries), about=about)
