"""What this machine knows besides the lists that are judged."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from mirrorsel.cli.state import snapshot_of
from mirrorsel.config import Settings
from mirrorsel.geo import load_towns_by_country
from mirrorsel.lint import Facts
from mirrorsel.lists import Loaded
from mirrorsel.model import Country
from mirrorsel.shipped import shipped


def facts_of(
    lists: Sequence[Loaded],
    countries: Mapping[str, Country],
    config: Path,
    settings: Settings | None,
) -> Facts:
    """Return what there is to know of some lists without a question to the network.

    Args:
        lists: The lists; what none of them needs is not loaded.
        countries: What `load_countries` returned.
        config: The settings file.
        settings: What it says; None if that is not to count.

    """
    placed = any(one.coordinates for each in lists for one in each.list.mirrors)
    # The sample that came with mirrorsel says nothing of anybody's server.
    own = None if config == shipped(config.name) else settings
    return Facts(
        countries=countries,
        towns=load_towns_by_country() if placed else {},
        now=datetime.now(UTC),
        twins=_twins(own, config) if own else frozenset(),
        asn_database=bool(own.geoip.asn_database) if own else None,
        allow_http=own.selection.allow_http if own else None,
    )


def _twins(settings: Settings, config: Path) -> frozenset[str]:
    # What the checker knows is an extra here.
    snapshot = snapshot_of(settings, config)
    known = snapshot.health if snapshot else {}
    return frozenset(url for url, health in known.items() if health.https_twin)
