"""What the clients of one country get from one list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mirrorsel.model import Client, Coordinates, How, Kind
from mirrorsel.preview.effect import Home, Outlook
from mirrorsel.selection.distance import distance
from mirrorsel.selection.entry import Entry
from mirrorsel.selection.index import Index, Stage
from mirrorsel.selection.odds import Shares
from mirrorsel.selection.refusal import refusal

_EQUAL = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one country sees of one list, before anybody is counted."""

    stage: Stage
    home: Home
    place: Coordinates | None

    def outlook(self, shares: Shares, first: str) -> Outlook:
        """Return it with what its clients get, and the URL that most of them get."""
        entries = self.entries
        return Outlook(
            how=self.stage.how,
            first=entries[first].mirror,
            share=shares[first],
            equals=tuple(one.mirror for url, one in entries.items() if url in shares),
            home=self.home,
            km=self._mean((share, entries[url]) for url, share in shares.items()),
        )

    def leaders(self, shares: Shares) -> list[str]:
        """Return the URLs with the largest share, the nearest first."""
        entries = self.entries
        most = max(shares.values()) - _EQUAL
        equal = [url for url, share in shares.items() if share >= most]
        return sorted(equal, key=lambda url: (self._far(entries[url]) or 0.0, url))

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The usable mirrors by URL, those of the nearest ring first."""
        return {
            one.mirror.url: one for part in self.stage.rings for one in part.entries
        }

    def _mean(self, weighed: Iterable[tuple[float, Entry]]) -> float | None:
        total = 0.0
        for share, one in weighed:
            far = self._far(one)
            if far is None:
                return None
            total += share * far
        return total

    def _far(self, one: Entry) -> float | None:
        if self.place is None or one.coordinates is None:
            return None
        return distance(self.place, one.coordinates)


def sight(index: Index, client: Client, path: str) -> Sight:
    """Return what a client's country sees of a list."""
    cell = index.geography.demand(index.geography.key(client), frozenset()).cell
    return Sight(
        stage=index.stage(client, path),
        home=_home(index, client, path),
        place=cell.coordinates,
    )


def first_of_both(
    before: Sight, old: Shares, after: Sight, new: Shares
) -> tuple[str, str]:
    """Return the first mirror in both sights; of equals, the same if there is one."""
    were, will_be = before.leaders(old), after.leaders(new)
    same = next((url for url in were if url in will_be), None)
    return (same, same) if same else (were[0], will_be[0])


def _home(index: Index, client: Client, path: str) -> Home:
    geography = index.geography
    demand = geography.demand(geography.key(client), geography.covered(path), Kind.HTTP)
    tiers = {
        index.tier(one)
        for one in geography.by_country.get(client.location.country or "", ())
        if refusal(one, demand) is None
    }
    if How.NEAR in tiers:
        return Home.HEALTHY
    return Home.UNPROBED if How.UNPROBED in tiers else Home.NONE
