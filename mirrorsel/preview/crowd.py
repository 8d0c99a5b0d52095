"""All clients of a country, as far as selection tells them apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from mirrorsel.model import Coordinates, Country, Location

UNKNOWN = "unknown"
"""What weights call clients whose place is not known, as metrics do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """The clients of a country that are at one place."""

    location: Location
    share: float
    """How many of the country's clients they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """The clients of one country."""

    code: str
    """As in `Country.code`, or `UNKNOWN`."""
    name: str
    share: float
    """How many of all clients they are."""
    centre: Coordinates | None
    """The middle of the country."""
    spots: tuple[Spot, ...]
    """Where they are, at least one place; their shares sum to 1."""


Towns = Mapping[str, Sequence[tuple[Coordinates, int]]]
"""By country, the places of its clients, each with how many there are."""


def crowds(
    countries: Mapping[str, Country],
    weights: Mapping[str, float],
    towns: Towns | None = None,
) -> tuple[Crowd, ...]:
    """Return the clients of all countries, in a fixed order.

    Countries without weight are among them, unless they have no towns.

    Args:
        countries: All countries, by code.
        weights: How many clients each has, in any unit, of which some have more
            than none; those of no known country count as `UNKNOWN`.
        towns: Where clients are, if more is known of them than their country.

    """
    known = {code: weights.get(code, 0.0) for code in countries}
    rest = sum(weight for code, weight in weights.items() if code not in countries)
    whole = sum(known.values()) + rest
    places = [
        Crowd(
            code=code,
            name=country.name,
            share=known[code] / whole,
            centre=country.centre,
            spots=_spots(country, (towns or {}).get(code, ())),
        )
        for code, country in countries.items()
        if country.centre or known[code]
    ]
    return (*places, *_nowhere(rest / whole))


def _spots(
    country: Country, towns: Sequence[tuple[Coordinates, int]]
) -> tuple[Spot, ...]:
    # Without coordinates a client is at the centre of its country.
    location = Location(country=country.code, continent=country.continent)
    people = sum(count for _, count in towns)
    if not people:
        return (Spot(location=location, share=1.0),)
    return tuple(
        Spot(location=replace(location, coordinates=place), share=count / people)
        for place, count in towns
    )


def _nowhere(share: float) -> Sequence[Crowd]:
    if not share:
        return ()
    spot = Spot(location=Location(), share=1.0)
    name = "(place unknown)"
    return [Crowd(code=UNKNOWN, name=name, share=share, centre=None, spots=(spot,))]
