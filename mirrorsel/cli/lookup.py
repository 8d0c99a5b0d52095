"""What the embedded table and the databases say of addresses, compared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from itertools import combinations

from mirrorsel.geo import Opinion, Teller
from mirrorsel.model import Coordinates, Country
from mirrorsel.selection.distance import distance


class Verdict(StrEnum):
    """Whether those that tell places are of one opinion."""

    KNOWN = "known"
    """There is but one, and it knows the country."""
    AGREE = "agree"
    DIFFER = "differ"
    """They name different countries, or not all name one."""
    UNKNOWN = "unknown"
    """None names a country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one source says; what it does not know is null."""

    source: str
    country: str | None
    continent: str | None
    latitude: float | None
    longitude: float | None
    centre: bool
    """Whether that is no more than the centre of the country."""
    asn: int | None
    organisation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What all of them say of one address."""

    address: str
    name: str | None
    """The name whose address it is, if a name was looked up."""
    public: bool
    """Whether it is one that databases can know."""
    verdict: Verdict
    kilometres: float | None
    """The greatest distance between the places that they give, of which one at least
    is more than the centre of a country."""
    told: tuple[Told, ...]
    """In the order of the sources."""


def compare(
    address: str,
    tellers: Sequence[Teller],
    countries: Mapping[str, Country],
    name: str | None = None,
) -> Compared:
    """Ask all sources of an address.

    Args:
        address: An IPv4 or IPv6 address.
        tellers: The sources.
        countries: What `load_countries` returned.
        name: Of which it is the address.

    """
    told = tuple(_told(one, one.ask(address), countries) for one in tellers)
    named = [
        one.country for one, teller in zip(told, tellers, strict=True) if teller.places
    ]
    return Compared(
        address=address,
        name=name,
        public=ip_address(address).is_global,
        verdict=_verdict(named),
        kilometres=_farthest(told),
        told=told,
    )


def _told(teller: Teller, said: Opinion, countries: Mapping[str, Country]) -> Told:
    place = said.location
    known = countries.get(place.country or "")
    centre = known.centre if known and place.coordinates is None else None
    at = place.coordinates or centre
    return Told(
        source=teller.name,
        country=place.country,
        continent=place.continent,
        latitude=at.latitude if at else None,
        longitude=at.longitude if at else None,
        centre=centre is not None,
        asn=place.asn,
        organisation=said.organisation or None,
    )


def _verdict(named: Sequence[str | None]) -> Verdict:
    if not any(named):
        return Verdict.UNKNOWN
    if len(named) == 1:
        return Verdict.KNOWN
    return Verdict.AGREE if len(set(named)) == 1 else Verdict.DIFFER


def _farthest(told: Sequence[Told]) -> float | None:
    apart = [
        distance(one, other)
        for (one, centre), (other, also) in combinations(_places(told), 2)
        # How far centres of countries are apart says nothing of the address.
        if not (centre and also)
    ]
    return round(max(apart), 1) if apart else None


def _places(told: Sequence[Told]) -> Iterator[tuple[Coordinates, bool]]:
    for one in told:
        if one.latitude is not None and one.longitude is not None:
            at = Coordinates(latitude=one.latitude, longitude=one.longitude)
            yield at, one.centre
