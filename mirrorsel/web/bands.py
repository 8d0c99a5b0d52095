"""The mirrors that a client may choose instead, by their distance."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from mirrorsel.model import Client, Mirror
from mirrorsel.pages import Item
from mirrorsel.selection.cell import cell_of
from mirrorsel.selection.distance import distance
from mirrorsel.selection.geography import Geography
from mirrorsel.web.asked import Asked
from mirrorsel.web.target import escaped
from mirrorsel.web.values import country_name

_BANDS = (
    (500.0, "Within 500 km"),
    (2000.0, "Within 2,000 km"),
    (inf, "Farther away"),
)
_UNPLACED = "Anywhere"
_FAR = 1000.0
"""From so many kilometres on, a distance is told in hundreds, before in tens."""
_MOST = 100
"""How many mirrors a page shows; nobody reads more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A mirror as a page shows it."""

    mirror: Mirror
    country: str
    kilometres: float | None
    """From the client; None if either place is unknown."""

    @property
    def band(self) -> str:
        """The heading under which it stands."""
        if self.kilometres is None:
            return _UNPLACED
        return next(name for limit, name in _BANDS if self.kilometres <= limit)

    def item(self, path: str) -> Item:
        """Return what a template prints of it: url, href, host, country, distance."""
        return Item(
            text=self.mirror.url,
            attributes={
                "href": self.mirror.url + escaped(path),
                "host": self.mirror.host,
                "country": self.country,
                "distance": in_words(self.kilometres),
            },
        )


def listed(asked: Asked, mirror: Mirror) -> Listed:
    """Return one mirror as a page shows it."""
    return Listed(
        mirror=mirror,
        country=country_name(asked, mirror.country),
        kilometres=away(asked.realm.index.geography, asked.client, mirror),
    )


def bands(asked: Asked, path: str, chosen: Mirror) -> tuple[Item, ...]:
    """Return the usable mirrors in groups, nearest first, without the chosen one.

    Each group prints as its heading and has the attribute `mirrors`, a list of what
    `Listed.item` describes. Backup mirrors are left out.
    """
    index = asked.realm.index
    mirrors = {
        one.mirror.url for one in index.geography.entries if not one.mirror.backup
    }
    ranked = index.explain(asked.client, path, asked.realm.absent(path)).ranked
    usable = asked.recency.only(
        index,
        (
            one.mirror
            for one in ranked
            if one.mirror.url in mirrors and one.mirror.url != chosen.url
        ),
    )
    return _grouped([listed(asked, one) for one in usable[:_MOST]], path)


def _grouped(shown: Iterable[Listed], path: str) -> tuple[Item, ...]:
    near = sorted(shown, key=lambda one: (one.kilometres is None, one.kilometres or 0))
    groups: dict[str, list[Item]] = {}
    for one in near:
        groups.setdefault(one.band, []).append(one.item(path))
    return tuple(
        Item(text=name, attributes={"mirrors": items}) for name, items in groups.items()
    )


def away(geography: Geography, client: Client, mirror: Mirror) -> float | None:
    """Return how far a mirror is from a client; None if either place is unknown."""
    here = cell_of(geography.key(client)).coordinates
    entries = geography.by_url.get(mirror.url, (geography.origin,))
    same = (one for one in entries if one.mirror.backup is mirror.backup)
    there = next(same, entries[0]).coordinates
    return distance(here, there) if here and there else None


def in_words(kilometres: float | None) -> str:
    """Return a distance no more exactly than places are known, or nothing."""
    if kilometres is None:
        return ""
    step = 10 if kilometres < _FAR else 100
    return f"about {max(step, round(kilometres / step) * step):,} km"
