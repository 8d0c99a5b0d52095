"""Why a mirror is out of the question for a client, whatever its health."""

from collections.abc import Callable
from dataclasses import dataclass, field

from mirrorsel.model import Kind, Mirror, Reason, Scope
from mirrorsel.selection.cell import Cell
from mirrorsel.selection.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What is asked of a mirror."""

    cell: Cell
    covered: frozenset[str] = field(default=frozenset())
    """Those prefixes of the list that the target lies below."""
    kind: Kind = Kind.HTTP
    allow_http: bool = False
    """Whether clients that came by https may get a mirror without it."""


def refusal(entry: Entry, demand: Demand) -> Reason | None:
    """Return the first reason that applies, in the order of `Reason`, or None."""
    if entry.open and demand.kind is Kind.HTTP:
        return None
    for why, applies in _CHECKS:
        if applies(entry, demand):
            return why
    return None


def covered(target: str, prefixes: frozenset[str]) -> frozenset[str]:
    """Return those of the prefixes that a target lies below, or is."""
    below = f"{target}/"
    return frozenset(one for one in prefixes if below.startswith(one))


def prefixes_of(mirrors: tuple[Mirror, ...]) -> frozenset[str]:
    """Return all prefixes that a list names."""
    return frozenset(one for mirror in mirrors for one in mirror.prefixes)


def _not_carried(entry: Entry, demand: Demand) -> bool:
    prefixes = entry.mirror.prefixes
    return bool(prefixes) and demand.covered.isdisjoint(prefixes)


def _out_of_scope(entry: Entry, demand: Demand) -> bool:
    return any(not _within(scope, entry, demand.cell) for scope in entry.mirror.only)


def _within(scope: Scope, entry: Entry, cell: Cell) -> bool:
    # What is unknown matches nothing: a scope is a promise to the mirror.
    match scope:
        case Scope.COUNTRY:
            return cell.country is not None and cell.country == entry.mirror.country
        case Scope.CONTINENT:
            return cell.continent is not None and cell.continent == entry.continent
        case Scope.AS:
            return cell.asn is not None and cell.asn == entry.mirror.asn


def _scheme(entry: Entry, demand: Demand) -> bool:
    plain = entry.mirror.kind is Kind.HTTP and not entry.mirror.https
    return plain and demand.cell.https and not demand.allow_http


_CHECKS: tuple[tuple[Reason, Callable[[Entry, Demand], bool]], ...] = (
    (Reason.DISABLED, lambda entry, _: entry.mirror.disabled is not None),
    (Reason.KIND, lambda entry, demand: entry.mirror.kind is not demand.kind),
    (Reason.NOT_CARRIED, _not_carried),
    (Reason.REFUSES, lambda entry, demand: demand.cell.country in entry.mirror.refuses),
    (Reason.OUT_OF_SCOPE, _out_of_scope),
    (Reason.SCHEME, _scheme),
)
