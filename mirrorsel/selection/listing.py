"""The mirrors that a page or a program is shown beside the chosen one."""

from collections.abc import Iterable
from dataclasses import dataclass

from mirrorsel.model import Client, How, Kind, Mirror
from mirrorsel.selection.absent import NOBODY, Absent
from mirrorsel.selection.cost import cost
from mirrorsel.selection.entry import Entry
from mirrorsel.selection.index import Index
from mirrorsel.selection.refusal import refusal
from mirrorsel.selection.rendezvous import slot

_STEPS = (How.NEAR, How.UNPROBED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of mirrors beside their being usable."""

    target: str
    kind: Kind = Kind.HTTP
    absent: Absent = NOBODY
    """Who does not have it."""


def near_set(index: Index, client: Client, wanted: Wanted) -> tuple[Mirror, ...]:
    """Return the usable equals from which a client's first mirror is taken.

    It is empty when no mirror of the list is usable, Backup aside.
    """
    geography = index.geography
    landscape = geography.landscape(
        geography.key(client), geography.covered(wanted.target)
    )
    place = slot(client.network)
    for how in _STEPS:
        for ring in landscape.mirrors:
            order = wanted.absent.present(ring.spread.order(place))
            if equals := _admitted(index, order, how):
                return equals
    return ()


def in_country(
    index: Index, client: Client, country: str, wanted: Wanted
) -> tuple[Mirror, ...]:
    """Return the usable mirrors of a country, nearest to the client first.

    Those never probed count when none of the country is known to be up.
    """
    known = _eligible(index, client, country, wanted)
    eligible = tuple(wanted.absent.present(known))
    steps = (_admitted(index, eligible, how) for how in _STEPS)
    return next((usable for usable in steps if usable), ())


def named(index: Index, url: str, absent: Absent = NOBODY) -> Mirror | None:
    """Return the mirror with exactly this URL, unless disabled, down or absent."""
    listed = absent.present(index.geography.by_url.get(url, ()))
    usable = (
        one.mirror for one in listed if one.mirror.disabled is None and index.tier(one)
    )
    return next(usable, None)


def backups(index: Index) -> tuple[Mirror, ...]:
    """Return the Backup mirrors that are in service, in the list's order."""
    return index.geography.backups or (index.geography.origin.mirror,)


def _eligible(
    index: Index, client: Client, country: str, wanted: Wanted
) -> tuple[Entry, ...]:
    """Return the mirrors of a country that nothing but health or absence excludes.

    They are the same for all clients of a cell, and remembered for them.
    """
    geography = index.geography
    below = geography.covered(wanted.target)
    question = (geography.key(client), below, country, wanted.kind)
    found = index.countries.get(question)
    if found is None:
        demand = geography.demand(geography.key(client), below, wanted.kind)
        listed = geography.by_country.get(country, ())
        found = index.countries[question] = tuple(
            sorted(
                (one for one in listed if refusal(one, demand) is None),
                key=lambda one: cost(demand.cell, one, geography.policy),
            )
        )
    return found


def _admitted(index: Index, entries: Iterable[Entry], how: How) -> tuple[Mirror, ...]:
    return tuple(one.mirror for one in entries if index.tier(one) is how)
