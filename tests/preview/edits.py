"""Small edits of small lists, previewed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mirrorsel.model import Health, Mirror
from mirrorsel.preview import (
    Basis,
    CountryEffect,
    Crowd,
    Effect,
    Plan,
    View,
    World,
    crowds,
    plan,
    preview,
)
from mirrorsel.selection.policy import Policy
from tests.selection.worlds import ORIGIN, PLACES, UP

BASIS = Basis(weights="a guess", taken=None, allow_http=False)
WEIGHTS = {"de": 40, "fr": 20, "us": 30, "jp": 10}


def planned(
    mirrors: Sequence[Mirror],
    health: Mapping[str, Health] | None = None,
    assumed: Sequence[str] = (),
) -> Plan:
    """Return a list of mirrors that are up, but for those of another health."""
    known = {**dict.fromkeys((one.url for one in mirrors), UP), **(health or {})}
    world = World(countries=PLACES, policy=Policy(), origin=ORIGIN)
    return plan(mirrors, known, world, assumed)


def everybody(weights: Mapping[str, float] | None = None) -> tuple[Crowd, ...]:
    """Return all clients of the countries of the tests."""
    return crowds(PLACES, weights or WEIGHTS)


def effect(
    old: Sequence[Mirror],
    new: Sequence[Mirror],
    health: Mapping[str, Health] | None = None,
    view: View | None = None,
    weights: Mapping[str, float] | None = None,
) -> Effect:
    """Return what an edit does; mirrors are up, but for those of another health."""
    plans = planned(old, health), planned(new, health)
    return preview(*plans, everybody(weights), view or View(), replace(BASIS))


def of(found: Effect, code: str) -> CountryEffect:
    """Return what an edit does to one country."""
    (one,) = (one for one in found.countries if one.code == code)
    return one
