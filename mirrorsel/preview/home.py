"""What a country has of mirrors of its own."""

from enum import StrEnum

from mirrorsel.model import Client, How
from mirrorsel.selection.index import Index
from mirrorsel.selection.refusal import refusal


class Home(StrEnum):
    """The best that a country has of mirrors of its own that serve it."""

    HEALTHY = "healthy"
    """One that is up and fresh."""
    UNPROBED = "unprobed"
    """One that was never probed, and none that is healthy."""
    NONE = "none"

    @property
    def rank(self) -> int:
        """Its place among all, the best first."""
        return tuple(Home).index(self)


def home_of(index: Index, client: Client, path: str) -> Home:
    """Return what a client's country has, for this client and a file."""
    geography = index.geography
    demand = geography.demand(geography.key(client), geography.covered(path))
    tiers = {
        index.tier(one)
        for one in geography.by_country.get(client.location.country or "", ())
        if refusal(one, demand) is None
    }
    if How.NEAR in tiers:
        return Home.HEALTHY
    return Home.UNPROBED if How.UNPROBED in tiers else Home.NONE
