"""Which files have a torrent, and what is in it."""

from mirrorsel.web.proofs.sources import sources
from mirrorsel.web.proofs.torrent import Seeded, fits
from mirrorsel.web.proofs.wanted import Wanted, generator


def seeded_of(wanted: Wanted) -> Seeded | None:
    """Return what a torrent of a file says; None if the file gets none."""
    realm, file = wanted.realm, wanted.file
    settings = realm.sources.settings.tree
    if not has_torrent(wanted) or realm.tree is None:
        return None
    pieces = realm.tree.pieces(file)
    if pieces is None or not fits(file, pieces):
        return None
    return Seeded(
        file=file,
        pieces=pieces,
        seeds=tuple(one.url for one in sources(wanted)),
        trackers=settings.trackers,
        address=wanted.address("torrent"),
        generator=generator(),
    )


def has_torrent(wanted: Wanted) -> bool:
    """Return whether a file is large enough for a torrent by the settings."""
    least = wanted.realm.sources.settings.tree.torrent_from
    return 0 < least <= (wanted.file.size or 0)
