"""What the page of a file says of the mirrors: who has it, and who has it not."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from mirrorsel.model import Mirror, Reason
from mirrorsel.pages import Item, Markup, Value
from mirrorsel.status import spread
from mirrorsel.web.bands import away, in_words
from mirrorsel.web.proofs.wanted import Wanted
from mirrorsel.web.status.world_map import count, world_map
from mirrorsel.web.target import escaped

_MOST = 500
"""How many mirrors the page shows of each sort; nobody reads more."""

REASONS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.DISABLED: "out of service",
        Reason.KIND: "not for the web",
        Reason.NOT_CARRIED: "carries other parts of the tree only",
        Reason.REFUSES: "does not serve your country",
        Reason.OUT_OF_SCOPE: "serves its own region only",
        Reason.SCHEME: "has no https",
        Reason.DOWN: "down",
        Reason.STALE: "its files are too old",
        Reason.MISSING: "does not have it yet",
        Reason.WRONG_SIZE: "has it in another size",
    }
)
_LACKS = (Reason.MISSING, Reason.WRONG_SIZE)


def holding(wanted: Wanted) -> dict[str, Value]:
    """Return what the template prints of the mirrors."""
    selection = wanted.realm.select(wanted.client, wanted.file.path)
    have = [one.mirror for one in selection.ranked][:_MOST]
    others = [(one.mirror, one.reason) for one in selection.rejections][:_MOST]
    lack = [one for one, reason in others if reason in _LACKS]
    off = [one for one, reason in others if reason not in _LACKS]
    rows = [_item(wanted, one, "") for one in have]
    return {
        "have": rows,
        "near": "".join(str(one.attributes["distance"]) for one in rows),
        "others": [_item(wanted, one, REASONS[reason]) for one, reason in others],
        "map": _map(wanted, have, lack, off),
    }


def _map(
    wanted: Wanted, have: list[Mirror], lack: list[Mirror], off: list[Mirror]
) -> Markup | None:
    """Return the map of the mirrors; None where none of them has a place."""
    points = _points(wanted, {"Disabled": off, "Stale": lack, "Up": have})
    if not points.text:
        return None
    counts = (
        (len(have), "up", "ready for you"),
        (len(lack), "stale", "without the file"),
        (len(off), "disabled", "not for you now"),
    )
    return world_map(points, [count(*one) for one in counts if one[0]])


def _item(wanted: Wanted, mirror: Mirror, reason: str) -> Item:
    country = wanted.realm.countries.get(mirror.country or "")
    geography = wanted.realm.index.geography
    origin = geography.origin.mirror.url == mirror.url
    return Item(
        text=mirror.host,
        attributes={
            "href": mirror.url + escaped(wanted.file.path),
            "country": country.name if country else "the origin" if origin else "",
            "distance": in_words(away(geography, wanted.client, mirror)),
            "reason": reason,
        },
    )


def _points(wanted: Wanted, mirrors: Mapping[str, Iterable[Mirror]]) -> Markup:
    """Return the mirrors as symbols on the map; what comes last lies above."""
    by_url = wanted.realm.index.geography.by_url
    placed = {
        (symbol, one.url): entry.coordinates
        for symbol, some in mirrors.items()
        for one in some
        for entry in by_url.get(one.url, ())[:1]
        if entry.coordinates
    }
    drawn = spread(placed).items()
    return Markup(
        text="".join(
            f'<use href="#{symbol}" x="{at.x:.1f}" y="{at.y:.1f}"/>'
            for (symbol, _), at in drawn
        )
    )
