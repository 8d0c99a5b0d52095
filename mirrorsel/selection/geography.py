"""All of selection that changes with the list and not with health."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from mirrorsel.model import Client, Country, Kind, Mirror
from mirrorsel.selection.bounded import Bounded
from mirrorsel.selection.cell import CellKey, cell_key, cell_of
from mirrorsel.selection.entry import Entry, entry
from mirrorsel.selection.landscape import Landscape, surveys
from mirrorsel.selection.policy import Policy
from mirrorsel.selection.refusal import Demand, covered, prefixes_of

_REMEMBERED = 1_600_000
"""About how many mirrors all remembered landscapes may hold together, at 50 bytes."""

_FEWEST, _MOST = 256, 8192
"""How many landscapes are remembered: at least as many as there are countries, and at
most as many as a City database has cells, for http and https."""

Question: TypeAlias = tuple[CellKey, frozenset[str]]
"""A cell, and the prefixes that a target lies below."""

_NONE: frozenset[str] = frozenset()
"""Most targets lie below no prefix: one set for all of them."""


class Geography:
    """One generation of the list, with the policy, prepared for requests."""

    def __init__(
        self,
        mirrors: Sequence[Mirror],
        countries: Mapping[str, Country],
        policy: Policy,
        origin: str,
    ) -> None:
        """Prepare a list; `origin` is the Backup of a list that has none."""
        listed = tuple(mirrors)
        if not any(mirror.backup for mirror in listed):
            listed = (*listed, Mirror(url=origin, backup=True))
        self.policy = policy
        self._countries = countries
        self.entries: tuple[Entry, ...] = tuple(
            entry(position, mirror, countries) for position, mirror in enumerate(listed)
        )
        self.origin = entry(-1, Mirror(url=origin, backup=True), countries)
        self.by_url = _grouped(self.entries, lambda one: one.mirror.url)
        self.by_country = _grouped(
            (one for one in self.entries if not one.mirror.backup),
            lambda one: one.mirror.country or "",
        )
        self.backups = tuple(
            one
            for one in listed
            if one.backup and one.kind is Kind.HTTP and one.disabled is None
        )
        """The Backup mirrors in service, in the list's order; there may be none."""
        self._prefixes = prefixes_of(listed)
        self._asns = _systems(listed, policy)
        self.capacity = _capacity(self.entries)
        self._seen: Bounded[Question, Landscape] = Bounded(self.capacity)
        self._surveys = surveys(self.entries, policy, self.capacity)

    @property
    def remembered(self) -> tuple[Question, ...]:
        """The cells, with prefixes, whose landscapes are known, the latest last."""
        return tuple(self._seen)

    def key(self, client: Client) -> CellKey:
        """Return what tells this client's cell from others."""
        return cell_key(client, self._asns, self._countries)

    def covered(self, target: str) -> frozenset[str]:
        """Return those prefixes of the list that a target lies below."""
        return (self._prefixes and covered(target, self._prefixes)) or _NONE

    def demand(
        self, key: CellKey, below: frozenset[str], kind: Kind = Kind.HTTP
    ) -> Demand:
        """Return what a cell asks of mirrors, for targets below some prefixes."""
        return Demand(
            cell=cell_of(key),
            covered=below,
            kind=kind,
            allow_http=self.policy.allow_http,
        )

    def landscape(self, key: CellKey, below: frozenset[str]) -> Landscape:
        """Return the eligible mirrors of a cell, for targets below some prefixes."""
        found = self._seen.get((key, below))
        if found is None:
            demand = self.demand(key, below)
            found = self._seen[key, below] = Landscape(demand, self._surveys)
        return found


def _capacity(entries: Sequence[Entry]) -> int:
    """Return how many landscapes are remembered.

    Few clients ask for more than the first ring or two, and these have about as many
    mirrors as a country has.
    """
    countries = {one.mirror.country for one in entries}
    near = max(1, len(entries) // len(countries))
    return min(_MOST, max(_FEWEST, _REMEMBERED // near))


def _grouped(
    entries: Iterable[Entry], name: Callable[[Entry], str]
) -> Mapping[str, Sequence[Entry]]:
    groups: dict[str, list[Entry]] = {}
    for one in entries:
        groups.setdefault(name(one), []).append(one)
    return groups


def _systems(mirrors: Sequence[Mirror], policy: Policy) -> frozenset[int]:
    """Return the autonomous systems that make a difference to any choice."""
    listed = (mirror.asn for mirror in mirrors)
    ruled = (rule.asn for rule in policy.override)
    return frozenset(asn for asn in (*listed, *ruled) if asn)
