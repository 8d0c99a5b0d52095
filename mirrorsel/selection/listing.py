"""The mirrors that a page or a program is shown beside the chosen one."""

from collections.abc import Iterable

from mirrorsel.model import Client, How, Kind, Mirror
from mirrorsel.selection.cost import cost
from mirrorsel.selection.entry import Entry
from mirrorsel.selection.index import Index
from mirrorsel.selection.refusal import refusal
from mirrorsel.selection.rendezvous import slot

_STEPS = (How.NEAR, How.UNPROBED)


def near_set(index: Index, client: Client, target: str) -> tuple[Mirror, ...]:
    """Return the usable equals from which a client's first mirror is taken.

    It is empty when no mirror of the list is usable, Backup aside.
    """
    geography = index.geography
    landscape = geography.landscape(geography.key(client), geography.covered(target))
    place = slot(client.network)
    for how in _STEPS:
        for ring in landscape.mirrors:
            if equals := _admitted(index, ring.spread.order(place), how):
                return equals
    return ()


def in_country(
    index: Index, client: Client, country: str, kind: Kind, target: str
) -> tuple[Mirror, ...]:
    """Return the usable mirrors of a country, nearest to the client first.

    Those never probed count when none of the country is known to be up.
    """
    geography = index.geography
    demand = geography.demand(geography.key(client), geography.covered(target), kind)
    eligible = sorted(
        (
            one
            for one in geography.by_country.get(country, ())
            if refusal(one, demand) is None
        ),
        key=lambda one: cost(demand.cell, one, geography.policy),
    )
    steps = (_admitted(index, eligible, how) for how in _STEPS)
    return next((usable for usable in steps if usable), ())


def named(index: Index, url: str) -> Mirror | None:
    """Return the mirror with exactly this URL, unless it is disabled or down."""
    listed = index.geography.by_url.get(url, ())
    usable = (
        one.mirror for one in listed if one.mirror.disabled is None and index.tier(one)
    )
    return next(usable, None)


def backups(index: Index) -> tuple[Mirror, ...]:
    """Return the Backup mirrors that are in service, in the list's order."""
    listed = tuple(
        one.mirror
        for one in index.geography.entries
        if one.mirror.backup
        and one.mirror.kind is Kind.HTTP
        and one.mirror.disabled is None
    )
    return listed or (index.geography.origin.mirror,)


def _admitted(index: Index, entries: Iterable[Entry], how: How) -> tuple[Mirror, ...]:
    return tuple(one.mirror for one in entries if index.tier(one) is how)
