"""What an edit of the list changes, asked of the files of an instance."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mirrorsel.cli.state import state_folder
from mirrorsel.cli.weights import Weights, default_weights, read_weights
from mirrorsel.config import Settings
from mirrorsel.errors import DatabaseError
from mirrorsel.geo import load_countries, open_places, settlements
from mirrorsel.model import Country, MirrorList, Snapshot
from mirrorsel.preview import (
    Basis,
    Effect,
    View,
    World,
    crowds,
    newcomers,
    plan,
    preview,
)
from mirrorsel.state import read_snapshot
from mirrorsel.web.realm import known_health


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How a preview is asked for."""

    view: View = field(default=View())
    weights: Path | None = None
    """The file with the clients of each country; None for the usual estimate."""
    at_once: bool = False
    """Whether new mirrors are as nobody has asked them yet, and not taken to be up."""


def effect_of(
    settings: Settings,
    config: Path,
    old: MirrorList,
    new: MirrorList,
    question: Question | None = None,
) -> Effect:
    """Return what changes for the world when one list takes another's place.

    Args:
        settings: What the settings file says.
        config: The settings file.
        old: The list that is in force, or that is to be compared with.
        new: The list that is to be.
        question: For whom it is, and under which suppositions.

    Raises:
        StateError: there is a snapshot, and it cannot be read.
        WeightsError: the file with clients cannot be used.

    """
    asked = question or Question()
    countries, snapshot = load_countries(), _snapshot(settings, config)
    weights = _weights(asked, countries)
    towns = settlements(weights.clients) if _knows_towns(settings) else None
    world = World(
        countries=countries, policy=settings.selection, origin=settings.list.origin
    )
    # Without a snapshot a new mirror is what all others are: never probed.
    up: tuple[str, ...] = ()
    if snapshot and not asked.at_once:
        up = newcomers(old.mirrors, new.mirrors, snapshot.health)
    before, after = (
        plan(one.mirrors, known_health(one, snapshot, settings.health), world, assumed)
        for one, assumed in ((old, ()), (new, up))
    )
    basis = Basis(
        weights=weights.about,
        taken=snapshot.taken if snapshot else None,
        allow_http=settings.selection.allow_http,
        towns=towns is not None,
    )
    clients = crowds(countries, weights.clients, towns)
    return preview(before, after, clients, asked.view, basis)


def _weights(asked: Question, countries: Mapping[str, Country]) -> Weights:
    if asked.weights:
        return read_weights(asked.weights, countries)
    return default_weights(countries)


def _snapshot(settings: Settings, config: Path) -> Snapshot | None:
    folder = state_folder(settings, config)
    return read_snapshot(folder.snapshot) if folder.has_snapshot else None


def _knows_towns(settings: Settings) -> bool:
    """Return whether clients are placed in towns, and not just in countries."""
    if not settings.geoip.database:
        return False
    try:
        return open_places(settings.path(settings.geoip.database)).exact
    except DatabaseError:
        # Without it, requests too know no more than countries.
        return False
