"""How far a mirror is from a client, as one number that can be checked by hand."""

from mirrorsel.model import Mirror
from mirrorsel.selection.cell import Cell
from mirrorsel.selection.distance import HALF_WAY_ROUND, distance
from mirrorsel.selection.entry import Entry
from mirrorsel.selection.policy import Override, Policy

DETOUR = 100_000.0
"""Added once for each override that puts a mirror behind others; more than any
distance with its penalties, so that no distance makes up for it."""


def cost(cell: Cell, entry: Entry, policy: Policy) -> float:
    """Return kilometres plus penalties plus detours.

    A mirror in the client's autonomous system is at no distance.
    """
    more = detours(cell, entry.mirror, policy)
    if cell.asn is not None and cell.asn == entry.mirror.asn:
        return more
    return _kilometres(cell, entry) + penalty(cell, entry, policy) + more


def detours(cell: Cell, mirror: Mirror, policy: Policy) -> float:
    """Return what is added for the overrides that put a mirror behind others."""
    added = 0.0
    for rule in policy.override:
        added += _detour(rule, cell, mirror)
    return added


def overrides(cell: Cell, mirror: Mirror, policy: Policy) -> tuple[int, ...]:
    """Return which overrides put a mirror behind others, counted from 1."""
    numbered = enumerate(policy.override, start=1)
    return tuple(number for number, rule in numbered if _detour(rule, cell, mirror))


def _kilometres(cell: Cell, entry: Entry) -> float:
    if cell.coordinates is None:
        return 0.0
    if entry.coordinates is None:
        return HALF_WAY_ROUND
    return distance(cell.coordinates, entry.coordinates)


def penalty(cell: Cell, entry: Entry, policy: Policy) -> float:
    """Return what is added for another country and another continent."""
    added = 0.0
    if _differ(cell.country, entry.mirror.country):
        added += policy.country_penalty
    if _differ(cell.continent, entry.continent):
        added += policy.continent_penalty
    return added


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _detour(rule: Override, cell: Cell, mirror: Mirror) -> float:
    if rule.country and rule.country != cell.country:
        return 0.0
    if rule.asn and rule.asn != cell.asn:
        return 0.0
    behind = bool(rule.prefer) and not _named(mirror, rule.prefer)
    return DETOUR * (behind + _named(mirror, rule.avoid))


def _named(mirror: Mirror, names: tuple[str, ...]) -> bool:
    return mirror.url in names or (mirror.country or "-") in names
