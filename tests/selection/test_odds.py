"""Tests for mirrorsel.selection.odds: the odds are those of real choices."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from mirrorsel.model import Client, Health, Mirror
from mirrorsel.selection.geography import Geography
from mirrorsel.selection.index import Index, Stage
from mirrorsel.selection.odds import Odds, exact_odds, is_exact, sampled_odds
from mirrorsel.selection.policy import Policy
from tests.selection.worlds import (
    CLIENTS,
    DOWN,
    HEALTH,
    LISTS,
    ORIGIN,
    PLACES,
    POLICIES,
    TARGETS,
    UNKNOWN,
    UP,
    client,
    index,
    mirror,
)

_CLIENTS = 6000
_SIGMAS = 4.5
"""How far a count may be from what is expected, in standard deviations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Two versions of a list."""

    before: Sequence[Mirror]
    after: Sequence[Mirror]
    health: Mapping[str, Health] = field(default_factory=dict)
    """What is not up, by URL."""
    client: Client = field(default_factory=client)
    exact: bool = True

    @property
    def indexes(self) -> tuple[Index, Index]:
        """Both versions, prepared."""
        return self._index(self.before), self._index(self.after)

    def _index(self, mirrors: Sequence[Mirror]) -> Index:
        known = dict.fromkeys((one.url for one in mirrors), UP)
        return index(mirrors, {**known, **self.health})


def _many(
    count: int, start: int = 0, country: str = "de", max_share: float | None = None
) -> list[Mirror]:
    return [
        mirror(f"m{number}", country, max_share=max_share)
        for number in range(start, count)
    ]


def _weighed(count: int) -> list[Mirror]:
    return [
        mirror(f"m{number}", weight=50 * (1 + number % 4)) for number in range(count)
    ]


def _dead(numbers: Sequence[int]) -> Mapping[str, Health]:
    return {f"https://m{number}.example/": DOWN for number in numbers}


_A, _B, _C = mirror("a"), mirror("b"), mirror("c")
_FAR = [mirror("x", "jp"), mirror("y", "jp", weight=300)]
_CAPPED = [mirror("a", max_share=0.2), _B]

CASES = {
    "equals": Case(before=[_A, _B, _C], after=[_A, _B, _C]),
    "one goes": Case(before=[_A, _B, _C], after=[_A, _B]),
    "one comes": Case(before=[_A], after=[_A, _B]),
    "nothing stays": Case(before=[_A], after=[_B]),
    "weights": Case(
        before=[_A, _B, _C], after=[replace(_A, weight=500), _B, replace(_C, weight=20)]
    ),
    "many": Case(before=_many(60), after=_many(50)),
    "many with weights": Case(before=_weighed(70), after=_weighed(40)),
    "few to many": Case(before=_weighed(20), after=_weighed(21)),
    "many to few": Case(before=_many(30), after=_many(4)),
    "very many": Case(before=_many(420), after=_many(300)),
    "many, some dead": Case(
        before=_weighed(60), after=_weighed(55), health=_dead(range(0, 60, 3))
    ),
    "many, nearly all dead": Case(
        before=_many(60), after=_many(58), health=_dead(range(2, 60))
    ),
    "IPv6": Case(
        before=[mirror("a", ipv6=False), _B],
        after=[mirror("a", ipv6=False), _B, _C],
        client=client(ipv6=True),
    ),
    "nobody is there": Case(before=[_A], after=[]),
    "capped as before": Case(before=[*_CAPPED, *_FAR], after=[*_CAPPED, *_FAR]),
    "capped": Case(before=[_A, _B, *_FAR], after=[*_CAPPED, *_FAR], exact=False),
    "capped, nothing beyond": Case(before=[_A, _B], after=_CAPPED, exact=False),
    "all capped": Case(
        before=_many(4, max_share=0.1),
        after=[*_many(4, max_share=0.1), *_many(9, 6, country="fr", max_share=0.05)],
        exact=False,
    ),
    "a cap that does not bind": Case(
        before=[_A, _B], after=[replace(_A, max_share=0.9), _B]
    ),
    "alone and capped": Case(
        before=[mirror("a", max_share=0.3)],
        after=[mirror("a", max_share=0.3), *_FAR],
        exact=False,
    ),
    "many capped": Case(
        before=[*_many(30, max_share=0.01), *_many(60, 30, country="fr")],
        after=[*_many(30, max_share=0.02), *_many(60, 30, country="fr")],
        exact=False,
    ),
}


def _stages(case: Case) -> tuple[Stage, Stage]:
    old, new = case.indexes
    return old.stage(case.client, "x"), new.stage(case.client, "x")


def _odds(before: Stage, after: Stage) -> Odds:
    if is_exact(before, after):
        return exact_odds(before, after)
    return sampled_odds(before, after, 2000)


def _near(expected: float, found: float, *, sampled: bool) -> bool:
    # Where clients were tried, those too are off by chance.
    times = sqrt(1 + _CLIENTS / 2000) if sampled else 1
    spread = sqrt(expected * (1 - expected) / _CLIENTS)
    return abs(expected - found) <= _SIGMAS * times * spread + 0.002


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_odds_are_those_of_real_choices(case: Case) -> None:
    """As many of thousands of clients get a mirror, and keep theirs, as is said."""
    clients = [
        structs.replace(case.client, network=f"10.{number >> 8}.{number & 255}.0/24")
        for number in range(_CLIENTS)
    ]
    firsts = [
        [each.choose(one, "x", 1).mirrors[0].url for one in clients]
        for each in case.indexes
    ]
    odds = _odds(*_stages(case))
    same = sum(one == other for one, other in zip(*firsts, strict=True)) / _CLIENTS

    for shares, found in zip((odds.before, odds.after), firsts, strict=True):
        counts = Counter(found)
        assert counts.keys() <= shares.keys()
        for url, share in shares.items():
            assert _near(share, counts[url] / _CLIENTS, sampled=odds.sampled), url
    assert _near(odds.kept, same, sampled=odds.sampled)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_needs_no_sample(case: Case) -> None:
    """Only where a cap turns other clients away than before some are tried."""
    assert is_exact(*_stages(case)) is case.exact


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_way_back(case: Case) -> None:
    """As many clients keep their mirror if the edit is undone."""
    before, after = _stages(case)
    there, back = _odds(before, after), _odds(after, before)

    assert there.kept == pytest.approx(back.kept)
    assert there.before == pytest.approx(back.after)
    assert there.after == pytest.approx(back.before)


def _index(mirrors: list[Mirror], health: list[Health], policy: Policy) -> Index:
    known = {one.url: state for one, state in zip(mirrors, health, strict=False)}
    return Index(Geography(mirrors, PLACES, policy, ORIGIN), known)


@given(LISTS, st.lists(HEALTH, max_size=40), POLICIES, CLIENTS, TARGETS)
def test_laws_of_one_list(
    mirrors: list[Mirror],
    health: list[Health],
    policy: Policy,
    one: Client,
    target: str,
) -> None:
    """Shares sum to 1, nothing moves, and each client's first is one of them."""
    known = _index(mirrors, health, policy)
    stage = known.stage(one, target)
    choice = known.choose(one, target, 1)
    odds = _odds(stage, stage)

    assert choice.how is stage.how
    assert sum(odds.before.values()) == pytest.approx(1)
    assert odds.kept == pytest.approx(1)
    if not odds.sampled:
        assert odds.before.get(choice.mirrors[0].url, 0) > 0


@given(LISTS, LISTS, st.lists(HEALTH, max_size=40), POLICIES, CLIENTS)
def test_laws_of_two_lists(
    old: list[Mirror],
    new: list[Mirror],
    health: list[Health],
    policy: Policy,
    one: Client,
) -> None:
    """Nobody stays at what is not in both, and all that must move do."""
    before = _index(old, health, policy).stage(one, "")
    after = _index(new, health, policy).stage(one, "")
    odds = _odds(before, after)
    most = sum(min(share, odds.after.get(url, 0)) for url, share in odds.before.items())

    assert sum(odds.after.values()) == pytest.approx(1)
    assert -1e-9 <= odds.kept <= most + 1e-9


def test_unprobed_mirrors_are_a_step_of_their_own() -> None:
    """A mirror that nobody has asked gets none while another is up."""
    known = index([_A, _B], {_A.url: UNKNOWN, _B.url: UP})
    odds = _odds(*[known.stage(client(), "")] * 2)

    assert odds.before == {_B.url: 1}
