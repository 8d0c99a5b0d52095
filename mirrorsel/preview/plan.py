"""A list as it would be in force, and how one differs from another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mirrorsel.model import Country, Health, Mirror, State
from mirrorsel.selection.geography import Geography
from mirrorsel.selection.index import Index
from mirrorsel.selection.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One version of the list, with what is believed of its mirrors."""

    mirrors: tuple[Mirror, ...]
    index: Index
    assumed: tuple[str, ...] = ()
    """The URLs of those that are taken to be up, though nobody has asked them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What was done to the lines of a list; places in it and stamps do not count."""

    added: tuple[Mirror, ...]
    removed: tuple[Mirror, ...]
    changed: tuple[tuple[Mirror, Mirror], ...]
    """Each as it was and as it will be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What all plans of one preview have in common."""

    countries: Mapping[str, Country]
    policy: Policy
    origin: str
    """The base URL that is the Backup of a list without one."""


def plan(
    mirrors: Iterable[Mirror],
    health: Mapping[str, Health],
    world: World,
    assumed: Iterable[str] = (),
) -> Plan:
    """Prepare a list, by the same code as for requests.

    Args:
        mirrors: The mirrors of the list.
        health: What is believed of them by URL; a missing one was never probed.
        world: The rest of what selection needs.
        assumed: The URLs of mirrors that are to be taken as up and fresh.

    """
    listed = tuple(mirrors)
    up = tuple(assumed)
    known = {**health, **dict.fromkeys(up, Health(state=State.UP))}
    geography = Geography(listed, world.countries, world.policy, world.origin)
    return Plan(mirrors=listed, index=Index(geography, known), assumed=up)


def newcomers(
    old: Iterable[Mirror], new: Iterable[Mirror], health: Mapping[str, Health]
) -> tuple[str, ...]:
    """Return the URLs that an edit brings into service and that were never probed."""
    served = {one.url for one in old if _in_service(one)}
    return tuple(
        dict.fromkeys(
            one.url
            for one in new
            if _in_service(one)
            and one.url not in served
            and health.get(one.url, Health()).checked is None
        )
    )


def edit_of(old: Iterable[Mirror], new: Iterable[Mirror]) -> Edit:
    """Return what makes one list of another."""
    before, after = _by_identity(old), _by_identity(new)
    return Edit(
        added=tuple(one for key, one in after.items() if key not in before),
        removed=tuple(one for key, one in before.items() if key not in after),
        changed=tuple(
            (before[key], one)
            for key, one in after.items()
            if key in before and _bare(one) != _bare(before[key])
        ),
    )


def _in_service(mirror: Mirror) -> bool:
    return mirror.disabled is None and not mirror.backup


def _by_identity(mirrors: Iterable[Mirror]) -> dict[tuple[str, bool], Mirror]:
    return {(one.url, one.backup): one for one in mirrors}


def _bare(mirror: Mirror) -> Mirror:
    return replace(mirror, line=0, stamp=None)
