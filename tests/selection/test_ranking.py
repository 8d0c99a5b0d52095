"""The ranks of an explanation: they are what the order is made of."""

import pytest
from hypothesis import given
from msgspec import structs

from mirrorsel.model import (
    Candidate,
    Client,
    Health,
    How,
    Rank,
    Reach,
    Reason,
    Selection,
    State,
)
from mirrorsel.selection.geography import Geography
from mirrorsel.selection.index import Index
from mirrorsel.selection.policy import Override, Policy
from tests.selection.worlds import (
    DOWN,
    ORIGIN,
    PLACES,
    UP,
    client,
    index,
    mirror,
    questions,
)

_STEPS = (
    How.NEAR,
    How.ANYWHERE,
    How.UNPROBED,
    How.BACKUP,
    How.STALE,
    How.ORIGIN,
)


def place(one: Candidate) -> tuple[object, ...]:
    """Return what a candidate is put in order by, as the documents say."""
    if one.rank is None:
        return (_STEPS.index(one.how),)
    score = tuple(-part for part in one.rank.score)
    return (_STEPS.index(one.how), one.rank.turn, one.rank.surplus, score)


def rank(selection: Selection, name: str) -> Rank:
    """Return the rank of a mirror."""
    [found] = (
        one.rank
        for one in selection.ranked
        if one.mirror.host.split(".")[0] == name and one.rank
    )
    return found


@given(questions())
def test_ranks_make_the_order(question: tuple[Index, Client, str]) -> None:
    """Step, turn of the ring, cap and score put mirrors in the order of `choose`."""
    world, who, target = question

    explained = world.explain(who, target).ranked
    chosen = world.choose(who, target, len(explained)).mirrors

    assert chosen == tuple(one.mirror for one in sorted(explained, key=place))


@given(questions(caps=False))
def test_without_caps_a_ring_has_its_number_for_a_turn(
    question: tuple[Index, Client, str],
) -> None:
    """Step, ring and score are then enough, IPv6 apart."""
    world, who, target = question
    who = structs.replace(who, ipv6=False)

    explained = world.explain(who, target).ranked
    by_ring = sorted(
        explained,
        key=lambda one: (
            _STEPS.index(one.how),
            one.rank.ring if one.rank else 0,
            tuple(-part for part in one.rank.score) if one.rank else (),
        ),
    )

    assert list(explained) == by_ring


@given(questions())
def test_every_ranked_mirror_is_in_the_bounds_of_its_ring(
    question: tuple[Index, Client, str],
) -> None:
    """A ring reaches from its anchor to its limit, and rings do not overlap."""
    world, who, target = question

    selection = world.explain(who, target)
    rings = {(one.backup, one.number): one for one in selection.rings}

    for one in selection.ranked:
        if one.rank:
            ring = rings[one.mirror.backup, one.rank.ring]
            assert ring.anchor <= one.cost <= ring.limit
            assert 0 < one.rank.share <= 1
    for (backup, number), ring in rings.items():
        following = rings.get((backup, number + 1))
        assert following is None or ring.limit < following.anchor


@given(questions())
def test_only_the_origin_has_no_rank(question: tuple[Index, Client, str]) -> None:
    """All others stand in a ring; a rejected one does if its health alone is why."""
    world, who, target = question

    selection = world.explain(who, target)

    for one in selection.ranked:
        assert (one.rank is None) is (one.how is How.ORIGIN)
    for other in selection.rejections:
        unhealthy = other.reason in {Reason.DOWN, Reason.STALE}
        assert (other.ring is not None) is unhealthy


@given(questions())
def test_overrides_are_the_detours_of_a_cost(
    question: tuple[Index, Client, str],
) -> None:
    """A cost beyond 100,000 km has overrides that are named, and no other has."""
    world, who, target = question

    for one in world.explain(who, target).ranked:
        if one.rank:
            assert bool(one.overrides) is (one.cost >= 100_000)


def test_the_near_set_is_ring_1() -> None:
    """Its bound is the nearest mirror's cost by the factor, plus the kilometres."""
    listed = [mirror("near"), mirror("far", "fr"), mirror("backup", None, backup=True)]
    policy = Policy(near_factor=1.5, near_km=100)

    selection = index(listed, policy=policy).explain(client("de"), "x")
    first, second, spare = selection.rings

    assert (1, 0, 100, 1) == (first.number, first.anchor, first.limit, first.mirrors)
    assert (2, 1) == (second.number, second.mirrors)
    assert (1, True) == (spare.number, spare.backup)
    assert [1, 2, 1] == [one.rank.ring for one in selection.ranked if one.rank]


def test_a_share_is_the_part_of_the_weights() -> None:
    """What is not usable has none of them."""
    listed = [mirror("a", weight=300), mirror("b"), mirror("c", weight=600)]
    health = {
        listed[0].url: UP,
        listed[1].url: UP,
        listed[2].url: DOWN,
    }

    selection = index(listed, health).explain(client("de"), "x")

    assert [0.75, 0.25] == [rank(selection, name).share for name in "ab"]
    assert [(Reason.DOWN, 1)] == [
        (one.reason, one.ring) for one in selection.rejections
    ]


def test_a_client_beyond_a_cap_is_told() -> None:
    """Its ring comes after the next, and the capped mirror last in it."""
    listed = [
        mirror("capped", weight=10_000, max_share=0.5),
        mirror("beside", weight=1),
        mirror("far", "us"),
    ]
    world = index(listed)
    explained = [
        world.explain(client("de", f"net{number}"), "x") for number in range(100)
    ]

    beyond = [one for one in explained if rank(one, "capped").surplus]

    assert 30 < len(beyond) < 70
    for one in beyond:
        turns = [rank(one, name).turn for name in ("far", "capped", "beside")]
        assert [1, 2, 2] == turns
        assert "capped" == one.ranked[2].mirror.host.split(".")[0]


def test_what_lacks_ipv6_is_told() -> None:
    """Only for clients that come by IPv6."""
    listed = [mirror("old", ipv6=False), mirror("new", "us"), mirror("dead")]
    health = {one.url: UP for one in listed}
    health[listed[2].url] = Health(state=State.UP, ipv6=Reach(up=False))
    world = Index(Geography(listed, PLACES, Policy(), ORIGIN), health)

    six = world.explain(client("de", ipv6=True), "x")
    four = world.explain(client("de"), "x")

    names = ("old", "new", "dead")
    assert [True, False, True] == [rank(six, one).lacks_ipv6 for one in names]
    assert [False] * 3 == [rank(four, one).lacks_ipv6 for one in names]


@pytest.mark.parametrize(("country", "expected"), [("de", (1,)), ("fr", ())])
def test_the_override_that_adds_to_a_cost_is_named(
    country: str, expected: tuple[int, ...]
) -> None:
    """By its number in the settings, for the clients that it is for."""
    rules = (
        Override(country="de", prefer=("us",)),
        Override(country="jp", avoid=("de",)),
    )
    world = index([mirror("a"), mirror("b", "us")], policy=Policy(override=rules))

    selection = world.explain(client(country), "x")
    found = {one.mirror.host.split(".")[0]: one.overrides for one in selection.ranked}

    assert (expected, ()) == (found["a"], found["b"])
