"""Mirrors that no client can tell apart but by their hash."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mirrorsel.selection.entry import Entry
from mirrorsel.selection.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Mirrors that cost the same and are refused for the same reason, for anybody.

    What a cell sees of a list is computed for groups: most mirrors of a long list
    share their place with others.
    """

    number: int
    """Its place among the groups of one generation of the list."""
    entries: tuple[Entry, ...]

    @property
    def any(self) -> Entry:
        """One of them, for all."""
        return self.entries[0]


def groups(entries: Iterable[Entry], policy: Policy) -> tuple[Group, ...]:
    """Part mirrors into groups, in the order of the list."""
    named = frozenset(
        name for rule in policy.override for name in (*rule.prefer, *rule.avoid)
    )
    parts: dict[object, list[Entry]] = {}
    for one in entries:
        parts.setdefault(_likeness(one, named), []).append(one)
    return tuple(
        Group(number=number, entries=tuple(part))
        for number, part in enumerate(parts.values())
    )


def _likeness(one: Entry, named: frozenset[str]) -> Sequence[object]:
    """Return all that refusal and cost look at."""
    mirror = one.mirror
    return (
        mirror.country,
        one.continent,
        one.coordinates,
        mirror.asn,
        mirror.https,
        mirror.kind,
        mirror.backup,
        mirror.disabled is None,
        mirror.only,
        mirror.refuses,
        mirror.prefixes,
        mirror.url if mirror.url in named else None,
    )
