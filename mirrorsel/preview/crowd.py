"""All clients of a country, as far as selection tells them apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mirrorsel.model import Country, Location

UNKNOWN = "unknown"
"""What weights call clients whose place is not known, as metrics do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """The clients of one country."""

    code: str
    """As in `Country.code`, or `UNKNOWN`."""
    name: str
    share: float
    """How many of all clients they are."""
    location: Location


def crowds(
    countries: Mapping[str, Country], weights: Mapping[str, float]
) -> tuple[Crowd, ...]:
    """Return the clients of all countries, in a fixed order.

    Countries without weight are among them, unless they have no towns.

    Args:
        countries: All countries, by code.
        weights: How many clients each has, in any unit, of which some have more
            than none; those of no known country count as `UNKNOWN`.

    """
    known = {code: weights.get(code, 0.0) for code in countries}
    rest = sum(weight for code, weight in weights.items() if code not in countries)
    whole = sum(known.values()) + rest
    places = [
        Crowd(
            code=code,
            name=country.name,
            share=known[code] / whole,
            location=Location(country=code, continent=country.continent),
        )
        for code, country in countries.items()
        if country.centre or known[code]
    ]
    return (*places, *_nowhere(rest / whole))


def _nowhere(share: float) -> Sequence[Crowd]:
    if not share:
        return ()
    nowhere = Location()
    return [Crowd(code=UNKNOWN, name="place unknown", share=share, location=nowhere)]
