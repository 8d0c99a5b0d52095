"""Tests for mirrorsel.preview: what an edit does to countries and mirrors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mirrorsel.model import Client, Coordinates, Health, How, Location, Mirror, Scope
from mirrorsel.preview import (
    UNKNOWN,
    Fate,
    Home,
    Verdict,
    View,
    crowds,
    preview,
)
from mirrorsel.selection.index import Index, Stage
from tests.preview.edits import BASIS, WEIGHTS, effect, everybody, of, planned
from tests.selection.worlds import DOWN, LISTS, PLACES, STALE, mirror

DE, FR, US, JP = (mirror(code, code) for code in ("de", "fr", "us", "jp"))
BACKUP = mirror("backup", None, backup=True)
CLOSED = replace(BACKUP, only=frozenset({Scope.AS}))
FOUR = [DE, FR, US, JP]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An edit, and what it does to Germany."""

    old: Sequence[Mirror]
    new: Sequence[Mirror]
    verdict: Verdict
    health: Mapping[str, Health] = field(default_factory=dict)
    view: View = field(default=View())
    how: How = How.NEAR


CASES = {
    "nothing": Case(old=FOUR, new=FOUR, verdict=Verdict.SAME),
    "another order": Case(old=FOUR, new=FOUR[::-1], verdict=Verdict.SAME),
    "its own goes": Case(old=FOUR, new=[FR, US, JP], verdict=Verdict.LOST),
    "its own comes": Case(old=[FR, US, JP], new=FOUR, verdict=Verdict.GAINED),
    "its own is taken out": Case(
        old=FOUR,
        new=[replace(DE, disabled="full"), FR, US, JP],
        verdict=Verdict.LOST,
    ),
    "its own refuses it": Case(
        old=FOUR,
        new=[replace(DE, refuses=frozenset({"de"})), FR],
        verdict=Verdict.LOST,
    ),
    "the last healthy one goes, a dead one stays": Case(
        old=[DE, mirror("dead"), FR],
        new=[mirror("dead"), FR],
        health={mirror("dead").url: DOWN},
        verdict=Verdict.LOST,
    ),
    "a dead one goes": Case(
        old=[DE, mirror("dead"), FR],
        new=[DE, FR],
        health={mirror("dead").url: DOWN},
        verdict=Verdict.SAME,
    ),
    "only one that was never probed is left": Case(
        old=[DE, mirror("new"), FR],
        new=[mirror("new"), FR],
        health={mirror("new").url: Health()},
        verdict=Verdict.LOST,
    ),
    "an equal comes": Case(old=[DE], new=[DE, mirror("a")], verdict=Verdict.SHIFTED),
    "a heavier equal comes": Case(
        old=[DE], new=[DE, mirror("a", weight=300)], verdict=Verdict.CHANGED
    ),
    "all far ones go": Case(old=FOUR, new=[DE], verdict=Verdict.SAME),
    "only a Backup is left": Case(
        old=[DE, BACKUP], new=[BACKUP], verdict=Verdict.WORSE, how=How.BACKUP
    ),
    "only the stale one is left": Case(
        old=[DE, CLOSED],
        new=[FR, CLOSED],
        health={FR.url: STALE},
        verdict=Verdict.WORSE,
        how=How.STALE,
    ),
    "only the unprobed one is left": Case(
        old=[DE, FR],
        new=[FR],
        health={FR.url: Health()},
        verdict=Verdict.WORSE,
        how=How.UNPROBED,
    ),
    "better than a Backup": Case(
        old=[BACKUP], new=[BACKUP, DE], verdict=Verdict.BETTER
    ),
    "no https any more": Case(
        old=[DE, FR],
        new=[replace(DE, url="http://de.example/"), FR],
        view=View(https=True),
        verdict=Verdict.LOST,
    ),
    "no https any more, by http": Case(
        old=[DE, FR],
        new=[replace(DE, url="http://de.example/"), FR],
        verdict=Verdict.CHANGED,
    ),
    "no IPv6 any more": Case(
        old=[DE, FR],
        new=[replace(DE, ipv6=False), FR],
        view=View(ipv6=True),
        verdict=Verdict.CHANGED,
    ),
    "it carries another part": Case(
        old=[replace(DE, prefixes=("httpd/",)), FR],
        new=[replace(DE, prefixes=("spark/",)), FR],
        view=View(path="httpd/x"),
        verdict=Verdict.LOST,
    ),
    "it carries the part still": Case(
        old=[replace(DE, prefixes=("httpd/",)), FR],
        new=[replace(DE, prefixes=("httpd/", "spark/")), FR],
        view=View(path="httpd/x"),
        verdict=Verdict.SAME,
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_gravest_is_told(case: Case) -> None:
    """Each country is judged by the worst that becomes of it."""
    found = effect(case.old, case.new, case.health, case.view)
    germany = of(found, "de")

    assert case.verdict is germany.verdict
    assert case.how is germany.after.how
    loses = case.verdict in {Verdict.WORSE, Verdict.LOST}
    assert loses is (germany in found.losses)


def test_an_edit_in_numbers() -> None:
    """Shares, distances and homes are those of the lists before and after."""
    found = effect(FOUR, [FR, US, JP])
    germany = of(found, "de")

    assert (0.4, 1.0) == (germany.share, germany.moved)
    assert (DE, FR) == (germany.before.first, germany.after.first)
    assert (Home.HEALTHY, Home.NONE) == (germany.before.home, germany.after.home)
    assert germany.before.km == pytest.approx(0)
    assert germany.after.km == pytest.approx(735, abs=5)


def test_the_shares_of_mirrors() -> None:
    """Each mirror gets the clients of the countries that have it first."""
    found = effect(FOUR, [FR, US, JP])
    shares = {one.url: (one.before, one.after) for one in found.mirrors}
    fates = {one.url: one.fate for one in found.mirrors}

    assert shares[DE.url] == pytest.approx((0.4, 0))
    assert shares[FR.url] == pytest.approx((0.2, 0.6))
    assert shares[JP.url] == pytest.approx((0.1, 0.1))
    assert (Fate.REMOVED, Fate.KEPT) == (fates[DE.url], fates[FR.url])
    assert found.mirrors[0].url in {DE.url, FR.url}


def test_the_gravest_come_first() -> None:
    """Losses come before gains, and then come those of whom most clients move."""
    more = [mirror(name, "us", weight=weight) for name, weight in (("a", 10), ("b", 9))]
    new = [DE, *more, US, mirror("fj", "fj")]
    found = effect(FOUR, new, weights={"us": 90, "uk": 10, "de": 5})
    order = [one.code for one in found.countries if one.verdict is not Verdict.SAME]

    assert order[:3] == ["jp", "fr", "fj"] or order[:3] == ["fr", "jp", "fj"]
    assert order[3] == "us"
    assert of(found, "us").verdict is Verdict.SHIFTED


def test_of_equals_the_first_stays() -> None:
    """That another of two equals has the first name changes no country's first."""
    found = effect([mirror("m")], [mirror("m"), mirror("a"), mirror("z")])

    assert of(found, "de").after.first == mirror("m")
    assert of(found, "de").moved == pytest.approx(2 / 3)


def test_weights_of_clients() -> None:
    """Countries count as much as they have clients; others count as well."""
    weights = {"de": 1, "fr": 3}
    found = effect(FOUR, [FR, US, JP], weights=weights)

    assert found.moved == pytest.approx(0.25)
    assert of(found, "us").share == 0


def test_clients_of_no_known_place() -> None:
    """They are a crowd of their own, for whom all mirrors are equals."""
    found = effect([DE, FR], [DE], weights={**WEIGHTS, UNKNOWN: 100})
    lost = of(found, UNKNOWN)

    assert (0.5, How.ANYWHERE) == (lost.share, lost.before.how)
    assert lost.moved == pytest.approx(0.5)
    assert lost.verdict is Verdict.SHIFTED or lost.verdict is Verdict.CHANGED


def test_towns() -> None:
    """Where clients are in towns, each town has its own first mirror."""
    east = Coordinates(latitude=52.5, longitude=13.4)
    west = Coordinates(latitude=51.0, longitude=-20.0)
    mirrors = [
        mirror("east", coordinates=east, weight=1),
        mirror("west", coordinates=west),
    ]
    told = crowds(PLACES, {"de": 1}, {"de": [(east, 30), (west, 10)]})
    plans = planned(mirrors), planned(mirrors[1:])
    found = preview(*plans, told, View(), BASIS)
    germany = of(found, "de")

    assert germany.before.first.url == mirrors[0].url
    assert (0.75, 0.75) == (germany.before.share, found.moved)
    assert germany.before.km == pytest.approx(0, abs=60)


def test_new_mirrors_may_be_taken_to_be_up() -> None:
    """What nobody has probed yet can be previewed as if it were up."""
    new = mirror("new")
    unknown = {new.url: Health()}
    old = planned([FR])
    at_once = preview(old, planned([FR, new], unknown), everybody(), View(), BASIS)
    later = planned([FR, new], unknown, assumed=[new.url])
    found = preview(old, later, everybody(), View(), BASIS)

    assert of(at_once, "de").after.first == FR
    assert of(found, "de").after.first == new
    assert (new.url,) == found.assumed


# Each example asks two lists about all countries, twice.
@settings(max_examples=40)
@given(LISTS, LISTS)
def test_laws(old: list[Mirror], new: list[Mirror]) -> None:
    """All clients are somewhere, and an edit moves as many as its undoing."""
    there, back = effect(old, new), effect(new, old)

    assert sum(one.before for one in there.mirrors) == pytest.approx(1)
    assert sum(one.after for one in there.mirrors) == pytest.approx(1)
    assert there.moved == pytest.approx(back.moved)
    moved = sum(abs(one.after - one.before) for one in there.mirrors) / 2
    assert moved <= there.moved + 1e-9


@given(LISTS, st.builds(View, https=st.booleans(), ipv6=st.booleans()))
def test_what_is_the_same_changes_nothing(mirrors: list[Mirror], view: View) -> None:
    """A list against itself has no effect at all."""
    capped = any(one.max_share for one in mirrors)
    found = effect(mirrors, mirrors, view=view)

    assert {Verdict.SAME} == {one.verdict for one in found.countries}
    assert found.moved == 0
    assert not (found.sample and not capped)


@given(LISTS, st.sampled_from(sorted(PLACES)))
def test_countries_get_what_their_clients_get(mirrors: list[Mirror], code: str) -> None:
    """The first mirrors of a country are those that real choices give."""
    plan = planned(mirrors)
    found = of(preview(plan, plan, everybody(), View(), BASIS), code).before
    place = Location(country=code, continent=PLACES[code].continent)
    client = Client(location=place, network="192.0.2.0/24")
    choice = plan.index.choose(client, "", 1)

    assert choice.how is found.how
    if not any(one.max_share for one in mirrors):
        assert choice.mirrors[0] in found.equals


class _Counting(Index):
    """An index that knows how often it was asked."""

    def __init__(self, known: Index) -> None:
        health = {
            one.mirror.url: state
            for one, state in zip(known.geography.entries, known.health, strict=True)
        }
        super().__init__(known.geography, health)
        self.asked = 0

    def stage(self, client: Client, target: str) -> Stage:
        """Answer, and count."""
        self.asked += 1
        return super().stage(client, target)


def test_each_country_asks_once() -> None:
    """However many mirrors there are, each list is asked once by each country."""
    mirrors = [mirror(f"m{number}") for number in range(300)]
    plan = planned(mirrors)
    index = _Counting(plan.index)
    told = everybody()
    preview(replace(plan, index=index), planned(mirrors[9:]), told, View(), BASIS)

    assert len(told) == index.asked


def test_samples_have_a_bound() -> None:
    """The more places need a sample, the smaller it is."""
    mirrors = [mirror(code, code, max_share=0.1) for code in PLACES]
    plans = planned(mirrors), planned(mirrors[1:])
    found = preview(*plans, everybody(), View(), BASIS)

    assert found.sample is not None
    assert 128 <= found.sample <= 32_768 // 2
    assert any(one.sampled for one in found.countries)
