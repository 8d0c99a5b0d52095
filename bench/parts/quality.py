"""How good the choice of mirrors is, as numbers and as pictures."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bench import city, listed
from bench.bench_run import BenchRun
from bench.documents import DRAWN
from bench.quality import crowd, pictures
from bench.quality.crowd import Crowd
from bench.quality.figures import mean, peak
from bench.quality.measure import (
    Failure,
    NearSet,
    Reached,
    failures,
    near_sets,
    reached,
)
from bench.servers import all_up
from bench.table import Table
from mirrorsel.config import Settings
from mirrorsel.geo import load_countries, open_locator
from mirrorsel.lists import parse
from mirrorsel.selection.geography import Geography
from mirrorsel.selection.index import Index

MIRRORS = 217
_FAILING = 8
_OURS = "mirrorsel, with a City database"
_WAYS = (
    "Great-circle kilometres from each client to the mirror that it gets, and how "
    f"all clients load the {MIRRORS} mirrors, up and equal in weight.\n"
    "Clients are addresses in any network of the City database; the list is as "
    "spread as real ones.\n"
    "The nearest mirror is the best that there is for distance, and overloads the "
    "mirrors of large regions; any mirror of the country is what mirror scripts "
    "did."
)
_SETS = (
    "Those near sets of more than one mirror that have the most clients: how "
    "their clients are spread over them.\n"
    "Chance alone makes shares of a mean of n clients differ by about n to the "
    "power of -1/2; that much is in the last column, for the mean of the set, as "
    "the standard deviation."
)
_MOVED = (
    "One mirror is taken down at a time: first the busiest, then others down the "
    "order of load.\n"
    "Whoever had it must move; nobody else should."
)


def tables(run: BenchRun) -> Iterator[Table]:
    """Choose for all clients by each way."""
    index, people = _prepared(run)
    mirrors = people.mirrors
    ways = []
    for name, way in (
        (_OURS, crowd.by_selection(index)),
        ("mirrorsel, knowing countries alone", crowd.by_country_alone(index)),
        ("any mirror of the country", crowd.uniform_in_country(mirrors)),
        ("the nearest mirror", crowd.nearest(mirrors)),
    ):
        ways.append(reached(name, people, way))
        run.say(f"{name}: {ways[-1].mean:.0f} km, 95 % within {ways[-1].far:.0f} km")
    yield _distances(ways)
    sets = near_sets(people, index)
    yield _near_sets(sets)
    failed = _failed(index, people, ways[0])
    yield _failures(failed)
    for path in pictures.draw(DRAWN, ways, sets, failed):
        run.say(f"written: {path}")


def _prepared(run: BenchRun) -> tuple[Index, Crowd]:
    text, countries = listed.lines(MIRRORS), load_countries()
    mirrors = parse(text, datetime.now(UTC)).list.mirrors
    settings = Settings()
    geography = Geography(mirrors, countries, settings.selection, settings.list.origin)
    locator = open_locator(run.world.database, None, countries)
    addresses = city.addresses(run.world.networks, run.plan.clients)
    people = crowd.crowd(addresses, locator, mirrors)
    return Index(geography, all_up(text).health), people


def _failed(index: Index, people: Crowd, ours: Reached) -> list[Failure]:
    by_load = sorted(people.mirrors, key=lambda one: -ours.loads[one.url])
    chosen = by_load[:: max(1, len(by_load) // _FAILING)][:_FAILING]
    entries = index.geography.entries
    known = zip(entries, index.health, strict=True)
    health = {one.mirror.url: health for one, health in known}
    return failures(people, index.geography, health, chosen)


def _distances(ways: Sequence[Reached]) -> Table:
    best, old = ways[-1], ways[-2]
    return Table(
        title="Distance and load",
        asked=_WAYS,
        heads=(
            *("way of choosing", "mean km", "95th percentile km"),
            "mean km where the country has mirrors",
            *("mean against the nearest", "mean against any of the country"),
            *("Gini of all loads", "busiest mirror against the mean"),
        ),
        rows=[
            (
                one.name,
                f"{one.mean:,.0f}",
                f"{one.far:,.0f}",
                f"{one.mean_at_home:,.0f}",
                f"{one.mean / best.mean:.2f}",
                f"{one.mean / old.mean:.2f}",
                f"{one.gini:.2f}",
                f"{peak(list(one.loads.values())):.1f}",
            )
            for one in ways
        ],
    )


def _near_sets(sets: Sequence[NearSet]) -> Table:
    return Table(
        title="Load within near sets",
        asked=_SETS,
        heads=(
            "mirrors",
            "clients",
            "Gini",
            "largest share against the mean",
            "chance",
        ),
        rows=[
            (
                str(len(one.mirrors)),
                f"{one.clients:,}",
                f"{one.gini:.3f}",
                f"{one.peak:.2f}",
                f"{(one.clients / len(one.mirrors)) ** -0.5:.3f}",
            )
            for one in sets
        ],
    )


def _failures(failed: Sequence[Failure]) -> Table:
    others = mean([one.others for one in failed])
    return Table(
        title="A mirror fails",
        asked=_MOVED,
        heads=(
            *("mirror", "had, % of all clients", "moved, % of all"),
            *("moved though theirs is up, % of all", "its own go farther by km"),
        ),
        rows=[
            (
                one.mirror.host,
                f"{100 * one.had:.2f}",
                f"{100 * one.moved:.2f}",
                f"{100 * one.others:.2f}",
                f"{one.farther:,.0f}",
            )
            for one in failed
        ],
        bar=f"Others than its own that moved: {100 * others:.2f} % of all clients.",
    )
