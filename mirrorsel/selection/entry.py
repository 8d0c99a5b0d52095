"""A listed mirror, prepared once for many requests."""

from collections.abc import Mapping
from dataclasses import dataclass

from mirrorsel.model import Coordinates, Country, Health, How, Kind, Mirror, State
from mirrorsel.selection.rendezvous import key


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What selection needs of a mirror and does not change with its health."""

    position: int
    """Its place among the entries of one generation of the list."""
    mirror: Mirror
    key: int
    """Its key for rendezvous hashing."""
    weight: int
    """What its share of clients among equals follows."""
    open: bool
    """Whether nothing of the list speaks against it for anybody who wants a file."""
    continent: str | None
    coordinates: Coordinates | None
    """Its own, else the centre of its country."""


def entry(position: int, mirror: Mirror, countries: Mapping[str, Country]) -> Entry:
    """Prepare one mirror."""
    country = countries.get(mirror.country or "")
    return Entry(
        position=position,
        mirror=mirror,
        key=key(mirror.url),
        weight=mirror.weight,
        open=_is_open(mirror),
        continent=country.continent if country else None,
        coordinates=mirror.coordinates or (country.centre if country else None),
    )


def _is_open(mirror: Mirror) -> bool:
    if mirror.disabled is not None or mirror.kind is not Kind.HTTP:
        return False
    return mirror.https and not (mirror.prefixes or mirror.only or mirror.refuses)


def tier(mirror: Mirror, health: Health) -> How | None:
    """Return the step of the fallback order that admits a mirror.

    None is for mirrors that are down; Backup entries are never excluded by health.
    """
    if mirror.backup:
        return How.BACKUP
    if health.state is State.DOWN:
        return None
    if health.stale:
        return How.STALE
    return How.NEAR if health.state is State.UP else How.UNPROBED
