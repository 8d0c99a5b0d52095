"""The mirrors that a client may choose instead, by their distance."""

from dataclasses import dataclass
from math import inf

from mirrorsel.model import Coordinates, Mirror
from mirrorsel.pages import Item
from mirrorsel.selection.cell import cell_of
from mirrorsel.selection.distance import distance
from mirrorsel.selection.entry import Entry
from mirrorsel.web.asked import Asked
from mirrorsel.web.target import escaped
from mirrorsel.web.values import country_name

_BANDS = (
    (500.0, "Within 500 km"),
    (2000.0, "Within 2,000 km"),
    (inf, "Farther away"),
)
_UNPLACED = "Anywhere"
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
        away = "" if self.kilometres is None else f"about {rounded(self.kilometres)}"
        return Item(
            text=self.mirror.url,
            attributes={
                "href": self.mirror.url + escaped(path),
                "host": self.mirror.host,
                "country": self.country,
                "distance": away,
            },
        )


def listed(asked: Asked, mirror: Mirror) -> Listed:
    """Return one mirror as a page shows it."""
    geography = asked.realm.index.geography
    entries = geography.by_url.get(mirror.url, ())
    here = cell_of(geography.key(asked.client)).coordinates
    return _listed(asked, mirror, here, next(iter(entries), geography.origin))


def bands(asked: Asked, path: str, chosen: Mirror) -> tuple[Item, ...]:
    """Return the usable mirrors in groups, nearest first, without the chosen one.

    Each group prints as its heading and has the attribute `mirrors`, a list of what
    `Listed.item` describes. Backup mirrors are left out.
    """
    geography = asked.realm.index.geography
    here = cell_of(geography.key(asked.client)).coordinates
    entries = {
        one.mirror.url: one for one in geography.entries if not one.mirror.backup
    }
    ranked = asked.realm.index.explain(
        asked.client, path, asked.realm.absent(path)
    ).ranked
    usable = asked.recency.only(
        asked.realm.index,
        (
            one.mirror
            for one in ranked
            if one.mirror.url in entries and one.mirror.url != chosen.url
        ),
    )
    shown = [_listed(asked, one, here, entries[one.url]) for one in usable]
    return _grouped(shown[:_MOST], path)


def _grouped(shown: list[Listed], path: str) -> tuple[Item, ...]:
    near = sorted(shown, key=lambda one: (one.kilometres is None, one.kilometres or 0))
    groups: dict[str, list[Item]] = {}
    for one in near:
        groups.setdefault(one.band, []).append(one.item(path))
    return tuple(
        Item(text=name, attributes={"mirrors": items}) for name, items in groups.items()
    )


def _listed(
    asked: Asked, mirror: Mirror, here: Coordinates | None, entry: Entry
) -> Listed:
    there = entry.coordinates
    return Listed(
        mirror=mirror,
        country=country_name(asked, mirror.country),
        kilometres=distance(here, there) if here and there else None,
    )


def rounded(kilometres: float) -> str:
    """Return a distance no more exactly than places are known."""
    step = 10 if kilometres < 1000 else 100  # noqa: PLR2004 - said in the docstring
    return f"{max(step, round(kilometres / step) * step):,} km"
