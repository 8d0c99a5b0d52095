"""What the clients of one country get from one list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mirrorsel.model import Client, Coordinates
from mirrorsel.preview.effect import Outlook
from mirrorsel.preview.home import Home, home_of
from mirrorsel.preview.step import step
from mirrorsel.selection.distance import distance
from mirrorsel.selection.entry import Entry
from mirrorsel.selection.index import Index, Stage
from mirrorsel.selection.odds import Shares

_EQUAL = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What the clients of one place see of one list, before they are counted."""

    stage: Stage
    home: Home
    place: Coordinates | None

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The usable mirrors by URL, those of the nearest ring first."""
        return {
            one.mirror.url: one for part in self.stage.rings for one in part.entries
        }

    def far(self, one: Entry) -> float | None:
        """Return how far a mirror is, in kilometres, if that is known."""
        if self.place is None or one.coordinates is None:
            return None
        return distance(self.place, one.coordinates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What the clients of one place see and get."""

    weight: float
    """How many of the country's clients they are."""
    sight: Sight
    shares: Shares


def sight(index: Index, client: Client, path: str) -> Sight:
    """Return what a client sees of a list."""
    cell = index.geography.demand(index.geography.key(client), frozenset()).cell
    return Sight(
        stage=index.stage(client, path),
        home=home_of(index, client, path),
        place=cell.coordinates,
    )


def merged(parts: Sequence[Part]) -> dict[str, float]:
    """Return which share of a country's clients gets which mirror first, by URL."""
    total: dict[str, float] = {}
    for part in parts:
        for url, share in part.shares.items():
            total[url] = total.get(url, 0.0) + part.weight * share
    return total


def leaders(parts: Sequence[Part]) -> list[str]:
    """Return the URLs with the largest share; of equals the nearest first."""
    total = merged(parts)
    most = max(total.values()) - _EQUAL
    equal = [url for url, share in total.items() if share >= most]
    largest = max(parts, key=lambda part: part.weight)
    entries = largest.sight.entries

    def rank(url: str) -> tuple[float, str]:
        return largest.sight.far(entries[url]) or 0.0 if url in entries else 0.0, url

    return sorted(equal, key=rank)


def outlook(parts: Sequence[Part], first: str) -> Outlook:
    """Return what a country's clients get, given the URL that most of them get."""
    total = merged(parts)
    entries = {url: one for part in parts for url, one in part.sight.entries.items()}
    return Outlook(
        how=max((part.sight.stage.how for part in parts), key=step),
        first=entries[first].mirror,
        share=total[first],
        equals=tuple(entries[url].mirror for url in total),
        home=parts[0].sight.home,
        km=_mean(parts),
    )


def _mean(parts: Sequence[Part]) -> float | None:
    """Return how far first mirrors are on average; None if one is at no known place."""
    total = 0.0
    for part in parts:
        entries = part.sight.entries
        for url, share in part.shares.items():
            far = part.sight.far(entries[url])
            if far is None:
                return None
            total += part.weight * share * far
    return total
