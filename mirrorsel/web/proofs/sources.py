"""Where a client finds a file: the mirrors that have it, and the origin."""

from mirrorsel.metalink import Source
from mirrorsel.model import Mirror, iso_country
from mirrorsel.web.proofs.wanted import Wanted
from mirrorsel.web.target import escaped

_MOST = 20
"""How many mirrors are named: a client tries few, and each costs it a connection."""


def sources(wanted: Wanted) -> tuple[Source, ...]:
    """Return the sources of a file in the order in which a client should try them.

    The origin stands last; it has whatever is published.
    """
    realm, path = wanted.realm, wanted.file.path
    origin = realm.index.geography.origin.mirror
    chosen = realm.from_origin().mirrors
    if not realm.only_origin(path):
        absent = realm.absent(path)
        chosen = realm.index.choose(wanted.client, path, _MOST, absent).mirrors
    mirrors = {one.url: one for one in chosen if one.url != origin.url}
    return tuple(_source(one, path) for one in (*mirrors.values(), origin))


def _source(mirror: Mirror, path: str) -> Source:
    country = iso_country(mirror.country) if mirror.country else None
    return Source(url=mirror.url + escaped(path), country=country)
