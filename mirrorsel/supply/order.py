"""Which edition of a database goes to which file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from mirrorsel.config import Settings
from mirrorsel.errors import SupplyError

DBIP, MAXMIND = "dbip", "maxmind"


class Use(StrEnum):
    """What a database is for, as the setting is called that names it."""

    PLACES = "database"
    NETWORKS = "asn_database"


# The usual editions: those that are to be had for nothing.
_USUAL: Mapping[str, Mapping[Use, str]] = MappingProxyType(
    {
        DBIP: {Use.PLACES: "dbip-city-lite", Use.NETWORKS: "dbip-asn-lite"},
        MAXMIND: {Use.PLACES: "GeoLite2-City", Use.NETWORKS: "GeoLite2-ASN"},
    }
)
# It becomes a part of URLs and of a file's name.
_EDITION = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+){0,9}")
_LONGEST = 64
_FOLDER = "geoip"
_NETWORKS = re.compile(r"(^|-)(asn|isp)(-|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One database that is wanted."""

    edition: str
    use: Use
    target: Path
    """Where it belongs."""
    setting: str = ""
    """What the settings must say so that it is used; empty if they do."""


def make_orders(
    settings: Settings, source: str, edition: str = "", target: Path | None = None
) -> tuple[Order, ...]:
    """Return the databases to be had.

    Args:
        settings: They name the editions and the files. A file that they do not name
            goes to the folder `geoip` beside them.
        source: DBIP or MAXMIND.
        edition: The only one that is wanted; empty for those of the settings.
        target: Where to put it, in the place of what the settings say.

    Raises:
        SupplyError: no such edition can be, or several are wanted in one file.

    """
    editions = {_use_of(edition): edition} if edition else _wanted(settings, source)
    if target is not None and len(editions) > 1:
        names = " and ".join(editions.values())
        raise SupplyError(f"{names} cannot go to one file: name one by --edition")
    return tuple(_order(settings, use, name, target) for use, name in editions.items())


def _wanted(settings: Settings, source: str) -> dict[Use, str]:
    geoip = settings.geoip
    named = {Use.PLACES: geoip.edition, Use.NETWORKS: geoip.asn_edition}
    if source != (geoip.source or source):
        # They are editions of another maker.
        named = dict.fromkeys(Use, "")
    for use, edition in named.items():
        if edition and _use_of(edition) is not use:
            other = "asn_edition" if use is Use.PLACES else "edition"
            raise SupplyError(f"{edition} belongs to the setting `{other}`")
    usual = _USUAL[source]
    wanted = {Use.PLACES: named[Use.PLACES] or usual[Use.PLACES]}
    if geoip.asn_database or named[Use.NETWORKS]:
        wanted[Use.NETWORKS] = named[Use.NETWORKS] or usual[Use.NETWORKS]
    return wanted


def _order(settings: Settings, use: Use, edition: str, target: Path | None) -> Order:
    if len(edition) > _LONGEST or not _EDITION.fullmatch(edition):
        message = f"{edition!r} is no edition: letters, digits and hyphens, as in "
        raise SupplyError(message + " or ".join(_USUAL[MAXMIND].values()))
    named = getattr(settings.geoip, use)
    own = named or f"{_FOLDER}/{edition}.mmdb"
    return Order(
        edition=edition,
        use=use,
        target=target or settings.path(own),
        setting="" if named or target else f'{use} = "{own}"',
    )


def _use_of(edition: str) -> Use:
    return Use.NETWORKS if _NETWORKS.search(edition) else Use.PLACES
