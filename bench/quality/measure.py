"""The figures of the selection's quality."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bench.quality.crowd import Crowd, Way, place_of, way
from bench.quality.figures import gini, mean, peak, percentile
from mirrorsel.model import Health, Mirror, State
from mirrorsel.selection.geography import Geography
from mirrorsel.selection.index import Index

_LARGEST = 12
"""So many near sets are shown, those with the most clients."""
_TARGET = "httpd/httpd-2.4.66.tar.gz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How far one way of choosing sends clients, and how it loads mirrors."""

    name: str
    kilometres: Sequence[float]
    """Of each client, in the order of the crowd."""
    at_home: Sequence[bool]
    """Of each client, whether its country has a mirror."""
    loads: Mapping[str, int]
    """How many clients each mirror has, by URL; all mirrors are there."""

    @property
    def mean_at_home(self) -> float:
        """The mean distance of clients whose country has a mirror."""
        pairs = zip(self.kilometres, self.at_home, strict=True)
        return mean([far for far, at_home in pairs if at_home])

    @property
    def mean(self) -> float:
        """The mean distance."""
        return mean(self.kilometres)

    @property
    def far(self) -> float:
        """The distance that 95 of 100 clients stay below."""
        return percentile(self.kilometres, 0.95)

    @property
    def gini(self) -> float:
        """How unequal the loads of all mirrors are."""
        return gini(list(self.loads.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class NearSet:
    """How the clients of one near set are spread over its mirrors."""

    mirrors: Sequence[Mirror]
    clients: int
    loads: Sequence[int]

    @property
    def gini(self) -> float:
        """0 if all mirrors have as many."""
        return gini(self.loads)

    @property
    def peak(self) -> float:
        """How many times the mean share the largest one is."""
        return peak(self.loads)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What changes when one mirror goes down."""

    mirror: Mirror
    had: float
    """The share of all clients that it had."""
    moved: float
    """The share of all clients that get another mirror now."""
    others: float
    """The share of all clients that get another one though theirs is up."""
    farther: float = field(default=0.0)
    """How many kilometres farther its own clients go, on average."""


def reached(name: str, crowd: Crowd, choose: Way) -> Reached:
    """Ask one way of choosing for all clients."""
    chosen = [choose(client) for client in crowd.clients]
    loads = Counter({one.url: 0 for one in crowd.mirrors})
    loads.update(one.url for one in chosen)
    pairs = zip(crowd.clients, chosen, strict=True)
    return Reached(
        name=name,
        kilometres=[way(place_of(client), one) for client, one in pairs],
        at_home=crowd.at_home,
        loads=loads,
    )


def near_sets(crowd: Crowd, index: Index) -> list[NearSet]:
    """Return how clients are spread within near sets, those with most clients first.

    Sets of one mirror leave nothing to spread.
    """
    found: defaultdict[tuple[Mirror, ...], Counter[str]] = defaultdict(Counter)
    for client in crowd.clients:
        ring = index.stage(client, _TARGET).rings[0]
        mirrors = tuple(one.mirror for one in ring.entries)
        found[mirrors][index.choose(client, _TARGET, 1).mirrors[0].url] += 1
    sets = [
        NearSet(
            mirrors=mirrors,
            clients=loads.total(),
            loads=[loads[one.url] for one in mirrors],
        )
        for mirrors, loads in found.items()
        if len(mirrors) > 1
    ]
    return sorted(sets, key=lambda one: -one.clients)[:_LARGEST]


def failures(
    crowd: Crowd,
    geography: Geography,
    health: Mapping[str, Health],
    failing: Iterable[Mirror],
) -> list[Failure]:
    """Take some mirrors down, one at a time, and see who moves."""
    before = _choices(crowd, Index(geography, health))
    return [
        _failure(crowd, one, before, _choices(crowd, _without(geography, health, one)))
        for one in failing
    ]


def _without(geography: Geography, health: Mapping[str, Health], gone: Mirror) -> Index:
    return Index(geography, {**health, gone.url: Health(state=State.DOWN)})


def _choices(crowd: Crowd, index: Index) -> list[Mirror]:
    return [index.choose(one, _TARGET, 1).mirrors[0] for one in crowd.clients]


def _failure(
    crowd: Crowd, gone: Mirror, before: Sequence[Mirror], after: Sequence[Mirror]
) -> Failure:
    whole = len(crowd.clients)
    triples = list(zip(crowd.clients, before, after, strict=True))
    moved = [one for one in triples if one[1].url != one[2].url]
    own = [one for one in moved if one[1].url == gone.url]
    had = sum(one.url == gone.url for one in before)
    ways = [
        way(place_of(client), new) - way(place_of(client), old)
        for client, old, new in own
    ]
    return Failure(
        mirror=gone,
        had=had / whole,
        moved=len(moved) / whole,
        others=(len(moved) - len(own)) / whole,
        farther=mean(ways) if ways else 0.0,
    )
