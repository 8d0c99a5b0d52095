"""All that a request needs to know, as one value that is swapped whole."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import translate

from mirrorsel.config import Settings
from mirrorsel.geo import Locator, client_network
from mirrorsel.health import HealthPolicy, is_stale
from mirrorsel.model import Client, Country, Health, Mirror, MirrorList, Snapshot
from mirrorsel.selection.geography import Geography
from mirrorsel.selection.index import Index


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What headers say of a mirror, made ready once."""

    host: str
    geo: str
    """The last part of a `Link` header: its country (RFC 6249, section 2.3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What the files of one moment say."""

    settings: Settings
    mirrors: MirrorList
    snapshot: Snapshot | None
    locator: Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class Realm:
    """One generation of settings, list, snapshot and databases."""

    sources: Sources
    countries: Mapping[str, Country]
    index: Index
    labels: Mapping[str, Label]
    """By the mirror's URL."""
    always_origin: re.Pattern[str]
    """Matches the names of files that never come from a mirror."""

    def client(self, address: str, *, https: bool) -> Client:
        """Return who asks, given the address that httpd has settled."""
        network = client_network(address)
        return Client(
            location=self.sources.locator.locate(address),
            network=network,
            https=https,
            ipv6=":" in network,
        )

    def only_origin(self, target: str) -> bool:
        """Return whether a file must never come from a mirror, by its name."""
        return self.always_origin.match(target.rpartition("/")[2]) is not None


def make_geography(sources: Sources, countries: Mapping[str, Country]) -> Geography:
    """Prepare what changes with list and settings, and not with the snapshot."""
    settings = sources.settings
    return Geography(
        sources.mirrors.mirrors, countries, settings.selection, settings.list.origin
    )


def make_realm(
    sources: Sources, geography: Geography, countries: Mapping[str, Country]
) -> Realm:
    """Prepare one generation; `geography` is of the same list and settings."""
    entries = (*geography.entries, geography.origin)
    settings = sources.settings
    health = known_health(sources.mirrors, sources.snapshot, settings.health)
    return Realm(
        sources=sources,
        countries=countries,
        index=Index(geography, health),
        labels={one.mirror.url: _label(one.mirror) for one in entries},
        always_origin=re.compile(
            "|".join(map(translate, settings.list.always_origin)) or r"(?!)"
        ),
    )


def known_health(
    mirrors: MirrorList, snapshot: Snapshot | None, policy: HealthPolicy
) -> Mapping[str, Health]:
    """Return the health of mirrors by URL, from the snapshot or else the list.

    A mirror that was never probed is as fresh as the list's stamps say, held
    against the list's own date: both were taken by the same clock.
    """
    probed = snapshot.health if snapshot else {}
    listed = {
        one.url: Health(
            stamp=one.stamp,
            stale=is_stale(one.stamp, mirrors.dated, policy, was_stale=False),
        )
        for one in mirrors.mirrors
        if one.stamp
    }
    return listed | {
        url: health for url, health in probed.items() if health.checked is not None
    }


def _label(mirror: Mirror) -> Label:
    # The list says uk, ISO 3166-1 says gb.
    country = "gb" if mirror.country == "uk" else mirror.country
    return Label(host=mirror.host, geo=f"; geo={country}" if country else "")
