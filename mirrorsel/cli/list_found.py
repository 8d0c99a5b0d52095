"""The mirrors of a list that are wanted, by what the list or the checker says."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mirrorsel.lists.line import option_texts
from mirrorsel.model import Country, Health, Kind, Mirror, Snapshot, State
from mirrorsel.words import belief


class StateFilter(StrEnum):
    """What may be asked for; one that is stale is up too, one in quarantine down."""

    UP = "up"
    DOWN = "down"
    UNKNOWN = "unknown"
    STALE = "stale"
    DISABLED = "disabled"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which mirrors are wanted; what is empty filters nothing."""

    texts: tuple[str, ...] = ()
    """All of these stand in what the list says, or in the country's name."""
    countries: frozenset[str] = frozenset()
    """As in `Mirror.country`."""
    states: frozenset[StateFilter] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    backup: bool | None = None
    """Whether only Backups are wanted, or none; None for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One mirror in the output of `mirrorsel list --json`."""

    mirror: Mirror
    """What the list says."""
    state: str
    """In words: `up`, `up, stale`, `down`, `quarantine`, `unknown` or `disabled`."""
    states: tuple[StateFilter, ...]
    """By which `--state` finds it."""


def listed(
    mirrors: Sequence[Mirror],
    snapshot: Snapshot | None,
    filters: Filters,
    countries: Mapping[str, Country],
) -> tuple[Listed, ...]:
    """Return the wanted mirrors, in the order of the list."""
    known = snapshot.health if snapshot else {}
    all_of_them = (_listed(one, known.get(one.url)) for one in mirrors)
    return tuple(one for one in all_of_them if _is_wanted(one, filters, countries))


def _listed(mirror: Mirror, health: Health | None) -> Listed:
    if mirror.disabled is not None:
        return Listed(mirror=mirror, state="disabled", states=(StateFilter.DISABLED,))
    state = belief(health or Health())
    return Listed(mirror=mirror, state=state, states=tuple(_states(health or Health())))


def _states(health: Health) -> Iterator[StateFilter]:
    yield StateFilter(health.state.value)
    if health.quarantine:
        yield StateFilter.QUARANTINED
    if health.stale and health.state is State.UP:
        yield StateFilter.STALE


def _is_wanted(one: Listed, filters: Filters, countries: Mapping[str, Country]) -> bool:
    mirror = one.mirror
    return (
        _is_one_of(mirror.country, filters.countries)
        and _is_one_of(mirror.kind, filters.kinds)
        and filters.backup in (None, mirror.backup)
        and (not filters.states or bool(filters.states & set(one.states)))
        and _has_texts(mirror, filters.texts, countries)
    )


def _is_one_of(value: object, wanted: Collection[object]) -> bool:
    return not wanted or value in wanted


def _has_texts(
    mirror: Mirror, texts: Sequence[str], countries: Mapping[str, Country]
) -> bool:
    known = countries.get(mirror.country or "")
    options = (f"{name}={text}" for name, text in option_texts(mirror).items())
    said = (mirror.url, mirror.contact or "", known.name if known else "", *options)
    whole = "\n".join(said).lower()
    return all(one.lower() in whole for one in texts)
