"""The clients, and what each way of choosing gives them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from msgspec.structs import replace

from mirrorsel.geo import Locator, client_network
from mirrorsel.model import Client, Coordinates, Mirror
from mirrorsel.selection.distance import distance
from mirrorsel.selection.index import Index

Way: TypeAlias = Callable[[Client], Mirror]
"""A way of choosing a mirror for a client."""

_FALLBACK = "us"
_TARGET = "httpd/httpd-2.4.66.tar.gz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Clients whose place is known, and the mirrors that there are."""

    clients: Sequence[Client]
    mirrors: Sequence[Mirror]
    """Those with a place, without Backup."""

    @property
    def at_home(self) -> Sequence[bool]:
        """Of each client, whether its country has a mirror."""
        countries = {one.country for one in self.mirrors}
        return [one.location.country in countries for one in self.clients]


def crowd(
    addresses: Iterable[str], locator: Locator, mirrors: Sequence[Mirror]
) -> Crowd:
    """Place clients by their addresses; those without a place are left out."""
    found = (
        Client(location=locator.locate(one), network=client_network(one))
        for one in addresses
    )
    return Crowd(
        clients=[one for one in found if one.location.coordinates],
        mirrors=[one for one in mirrors if one.coordinates and not one.backup],
    )


def by_selection(index: Index) -> Way:
    """Choose as mirrorsel does, told the client's place."""
    return lambda client: index.choose(client, _TARGET, 1).mirrors[0]


def by_country_alone(index: Index) -> Way:
    """Choose as mirrorsel does where only countries are known."""

    def choose(client: Client) -> Mirror:
        known = replace(client.location, coordinates=None)
        return index.choose(replace(client, location=known), _TARGET, 1).mirrors[0]

    return choose


def uniform_in_country(mirrors: Sequence[Mirror], seed: int = 1) -> Way:
    """Choose any mirror of the client's country, as the old scripts did.

    Where it has none, any of the United States, as the oldest of them did.
    """
    random = Random(seed)
    listed: dict[str, list[Mirror]] = {}
    for one in mirrors:
        listed.setdefault(one.country or "", []).append(one)
    spare = listed.get(_FALLBACK) or list(mirrors)
    return lambda client: random.choice(
        listed.get(client.location.country or "") or spare
    )


def nearest(mirrors: Sequence[Mirror]) -> Way:
    """Choose the mirror at the least distance, whatever its load becomes."""
    known: dict[Coordinates, Mirror] = {}

    def choose(client: Client) -> Mirror:
        place = place_of(client)
        if place not in known:
            known[place] = min(mirrors, key=lambda one: way(place, one))
        return known[place]

    return choose


def place_of(client: Client) -> Coordinates:
    """Return where a client is, who is of a `Crowd`."""
    place = client.location.coordinates
    if place is None:
        raise ValueError(f"{client.network} has no place")
    return place


def way(place: Coordinates, mirror: Mirror) -> float:
    """Return the kilometres from a place to a mirror."""
    if mirror.coordinates is None:
        raise ValueError(f"{mirror.url} has no place")
    return distance(place, mirror.coordinates)
