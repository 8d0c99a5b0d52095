"""What a new line says, with where each of it came from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mirrorsel.cli.located import Located, Whereabouts
from mirrorsel.lists.line import option_texts, place_word
from mirrorsel.model import Coordinates, Country, Mirror

GIVEN = "as given"
# A hundredth of a degree is a kilometre; GeoIP knows no mirror better than that.
_DECIMALS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that the new line says."""

    name: str
    value: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A new mirror with where what is said of it came from."""

    mirror: Mirror
    facts: tuple[Fact, ...]
    doubts: tuple[str, ...]
    """Where sources contradict each other, in words."""


def filled(
    given: Mirror, found: Whereabouts, countries: Mapping[str, Country]
) -> Filled:
    """Return a new mirror with what GeoIP tells and nobody has given.

    Coordinates are taken where the database is one of cities, and puts the host in
    the country that was given.

    Args:
        given: The mirror as given; without a country, that is to be found.
        found: What GeoIP tells of its host.
        countries: All countries by their codes.

    """
    best = found.best
    mirror = given if best is None else _with_place(given, best)
    return Filled(
        mirror=mirror,
        facts=tuple(_facts(given, mirror, best, countries)),
        doubts=tuple(_doubts(given, found)),
    )


def _with_place(given: Mirror, best: Located) -> Mirror:
    place, fields = best.location, dict[str, object]()
    country = given.country or (None if given.backup else place.country)
    if given.coordinates is None and place.coordinates and _agrees(country, best):
        fields["coordinates"] = Coordinates(
            latitude=round(place.coordinates.latitude, _DECIMALS),
            longitude=round(place.coordinates.longitude, _DECIMALS),
        )
    if given.asn is None and place.asn:
        fields["asn"] = place.asn
    return replace(given, country=country, **fields)  # type: ignore[arg-type]


def _agrees(country: str | None, best: Located) -> bool:
    return country in (None, best.location.country)


def _facts(
    given: Mirror,
    mirror: Mirror,
    best: Located | None,
    countries: Mapping[str, Country],
) -> Iterator[Fact]:
    yield Fact(
        name="country",
        value=_country(mirror, countries),
        source=GIVEN if given.backup or given.country else _geoip(best),
    )
    if mirror.contact is not None:
        yield Fact(name="contact", value=mirror.contact, source=GIVEN)
    known = option_texts(given)
    for name, text in option_texts(mirror).items():
        source = GIVEN if name in known else _geoip(best, network=name == "asn")
        yield Fact(name=name, value=text, source=source)


def _geoip(best: Located | None, *, network: bool = False) -> str:
    if best is None:
        return "unknown"
    source = best.network_source if network else best.place_source
    return f"GeoIP of {best.address} ({source})"


def _country(mirror: Mirror, countries: Mapping[str, Country]) -> str:
    word = place_word(mirror)
    known = countries.get(word)
    return f"{word} ({known.name})" if known else word


def _doubts(given: Mirror, found: Whereabouts) -> Iterator[str]:
    if found.problem:
        yield f"where its host is cannot be told: {found.problem}"
    for one in found.places:
        place = one.location.country
        if given.country and place and place != given.country:
            yield f"GeoIP puts {one.address} in {place}, not in {given.country}"
    places = {one.location.country for one in found.places} - {None}
    if not given.country and not given.backup and len(places) > 1:
        named = ", ".join(
            f"{one.address} in {one.location.country or 'no country'}"
            for one in found.places
        )
        yield f"its addresses are in several countries: {named}; is it a CDN?"
