"""The choice: laws that hold for every list, and the rules one by one."""

from collections import Counter
from collections.abc import Callable
from cProfile import Profile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.model import (
    Client,
    Coordinates,
    Health,
    How,
    Kind,
    Location,
    Mirror,
    Reach,
    Reason,
    Scope,
    State,
)
from mirrorsel.selection.geography import Geography
from mirrorsel.selection.index import Index
from mirrorsel.selection.policy import Override, Policy
from tests.selection.worlds import (
    DOWN,
    ORIGIN,
    PLACES,
    STALE,
    UNKNOWN,
    UP,
    chosen,
    client,
    index,
    mirror,
    questions,
)


@given(questions(), st.integers(1, 6))
def test_choose_gives_what_explain_ranks_first(
    question: tuple[Index, Client, str], count: int
) -> None:
    """`choose` is the beginning of `explain`, for every list, client and target."""
    world, who, target = question

    choice = world.choose(who, target, count)
    selection = world.explain(who, target)

    assert tuple(one.mirror for one in selection.ranked[:count]) == choice.mirrors
    assert selection.how == choice.how


@given(questions())
def test_every_mirror_is_ranked_or_rejected_once(
    question: tuple[Index, Client, str],
) -> None:
    """Every listed mirror is in exactly one of ranked and rejected."""
    world, who, target = question

    selection = world.explain(who, target)
    shown = Counter(one.mirror.url for one in selection.ranked)
    shown.update(one.mirror.url for one in selection.rejections)
    if selection.how is How.ORIGIN:
        shown.subtract([ORIGIN])

    assert +shown == Counter(one.mirror.url for one in world.geography.entries)


@given(questions())
def test_an_answer_is_never_empty_and_never_down(
    question: tuple[Index, Client, str],
) -> None:
    """Somebody is always chosen, and nobody who is down, Backup aside."""
    world, who, target = question

    selection = world.explain(who, target)
    down = [
        one
        for one in selection.ranked
        if one.health.state is State.DOWN and not one.mirror.backup
    ]

    assert selection.ranked
    assert down == []


@given(questions())
def test_what_a_mirror_promised_is_never_relaxed(
    question: tuple[Index, Client, str],
) -> None:
    """Nobody gets a mirror that is disabled, refuses the client or lacks the file."""
    world, who, target = question

    for one in world.explain(who, target).ranked:
        assert one.mirror.disabled is None
        assert who.location.country not in one.mirror.refuses
        assert one.mirror.kind is Kind.HTTP
        assert not one.mirror.prefixes or any(
            f"{target}/".startswith(prefix) for prefix in one.mirror.prefixes
        )


@given(questions(caps=False), st.integers(0, 100))
def test_a_mirror_that_goes_down_moves_only_its_own_clients(
    question: tuple[Index, Client, str], number: int
) -> None:
    """A client of another mirror keeps it, unless share caps apply."""
    world, who, target = question
    entries = world.geography.entries
    before = world.choose(who, target, 1).mirrors[0]
    victim = entries[number % len(entries)].mirror
    health = {
        one.mirror.url: known for one, known in zip(entries, world.health, strict=True)
    }

    after = Index(world.geography, {**health, victim.url: DOWN})
    choice = after.choose(who, target, 1)

    assert victim == before or choice.mirrors[0] == before


@given(questions())
def test_the_same_question_has_the_same_answer_everywhere(
    question: tuple[Index, Client, str],
) -> None:
    """Neither chance nor memory takes part: a new process answers alike."""
    world, who, target = question
    health = {
        one.mirror.url: known
        for one, known in zip(world.geography.entries, world.health, strict=True)
    }
    listed = [one.mirror for one in world.geography.entries]
    again = Index(Geography(listed, PLACES, world.geography.policy, ORIGIN), health)

    first = world.choose(who, target, 3)

    assert again.choose(who, target, 3) == first
    assert world.choose(who, target, 3) == first


@pytest.mark.parametrize(
    ("weights", "count"),
    [
        pytest.param((100, 100), 2, id="two equals"),
        pytest.param((100, 200, 700), 3, id="different weights"),
        pytest.param((50,) * 10, 10, id="ten equals"),
        pytest.param((100,) * 25, 25, id="a tree of twenty-five"),
    ],
)
def test_shares_follow_weights(weights: tuple[int, ...], count: int) -> None:
    """Over many networks, load is within 5 % of what the weights ask for."""
    world = index(
        [mirror(f"m{number}", weight=one) for number, one in enumerate(weights)]
    )
    clients = 10_000 if count < 10 else 80_000

    load = Counter(chosen(world, client(network=f"n{n}"))[0] for n in range(clients))
    got = [load[f"m{number}"] / clients for number in range(count)]
    asked = [one / sum(weights) for one in weights]

    assert got == pytest.approx(asked, rel=0.05)


@pytest.mark.parametrize(
    ("listed", "who", "expected"),
    [
        pytest.param(
            [mirror("near"), mirror("far", "jp")],
            client("de"),
            "near",
            id="same country",
        ),
        pytest.param(
            [mirror("fr", "fr"), mirror("us", "us")], client("de"), "fr", id="neighbour"
        ),
        pytest.param(
            [mirror("fj", "fj"), mirror("jp", "jp")],
            client("ws"),
            "fj",
            id="across the antimeridian",
        ),
        pytest.param(
            [
                mirror("zero", None, coordinates=Coordinates(latitude=0, longitude=0)),
                mirror("de"),
            ],
            client("gh"),
            "zero",
            id="a mirror at latitude and longitude 0",
        ),
        pytest.param(
            [
                mirror(
                    "pole", None, coordinates=Coordinates(latitude=90, longitude=99)
                ),
                mirror("jp", "jp"),
            ],
            Client(
                location=Location(coordinates=Coordinates(latitude=89, longitude=-80))
            ),
            "pole",
            id="across the pole",
        ),
        pytest.param(
            [mirror("us", "us", asn=7), mirror("fr", "fr")],
            Client(
                location=Location(country="de", continent="EU", asn=7, coordinates=None)
            ),
            "us",
            id="same autonomous system",
        ),
        pytest.param(
            [mirror("us", "us"), mirror("de")],
            Client(location=Location(country="de", continent="EU")),
            "de",
            id="an unknown system matches no unknown one",
        ),
        pytest.param(
            [mirror("eu", "de"), mirror("asia", "jp")],
            Client(location=Location(continent="AS")),
            "asia",
            id="only the continent is known",
        ),
    ],
)
def test_the_nearest_mirror_is_chosen(
    listed: list[Mirror], who: Client, expected: str
) -> None:
    """The near set holds the nearest mirror, wherever on the globe."""
    choice = index(listed).choose(who, "x", 1)

    assert (choice.how, choice.mirrors[0].host) == (How.NEAR, f"{expected}.example")


def test_a_client_without_a_place_gets_any_mirror() -> None:
    """All candidates are equals for it, and the answer says so."""
    world = index([mirror("de"), mirror("jp", "jp"), mirror("us", "us")])

    load = Counter(chosen(world, client(None, network=f"n{n}"))[0] for n in range(3000))

    assert world.choose(client(None), "x", 1).how is How.ANYWHERE
    assert sorted(load) == ["de", "jp", "us"]


@pytest.mark.parametrize(
    ("health", "expected", "how"),
    [
        pytest.param([UP, UP, UP], "near", How.NEAR, id="all up"),
        pytest.param([DOWN, UP, UP], "far", How.NEAR, id="the nearest is down"),
        pytest.param([STALE, UP, UP], "far", How.NEAR, id="the nearest is stale"),
        pytest.param([UNKNOWN, UP, UP], "far", How.NEAR, id="up before unprobed"),
        pytest.param([DOWN, UNKNOWN, UP], "far", How.UNPROBED, id="unprobed"),
        pytest.param([DOWN, STALE, DOWN], "backup", How.BACKUP, id="backup"),
    ],
)
def test_the_fallback_order(health: list[Health], expected: str, how: How) -> None:
    """UP and fresh, then never probed, then Backup, whatever its health."""
    listed = [
        mirror("near"),
        mirror("far", "jp"),
        mirror("backup", None, backup=True),
    ]
    known = {one.url: state for one, state in zip(listed, health, strict=True)}

    choice = index(listed, known).choose(client(), "x", 1)

    assert (choice.mirrors[0].host, choice.how) == (f"{expected}.example", how)


def test_stale_mirrors_come_after_backup_is_out_of_the_question() -> None:
    """A Backup without https is no help to an https client, a stale mirror is."""
    listed = [
        mirror("stale"),
        mirror("plain", None, url="http://plain.example/", backup=True),
    ]

    choice = index(listed, STALE).choose(client(https=True), "x", 1)

    assert (choice.mirrors[0].host, choice.how) == ("stale.example", How.STALE)


def test_the_origin_is_the_last_resort() -> None:
    """With nothing left at all, the origin answers."""
    listed = [mirror("plain", None, url="http://plain.example/", backup=True)]

    choice = index(listed).choose(client(https=True), "x", 1)

    assert (choice.mirrors[0].url, choice.how) == (ORIGIN, How.ORIGIN)


def test_a_list_without_backup_has_the_origin_for_one() -> None:
    """An empty list still answers, by the built-in Backup."""
    choice = index([]).choose(client(), "x", 1)

    assert (choice.mirrors[0].url, choice.how) == (ORIGIN, How.BACKUP)


@pytest.mark.parametrize(
    ("listed", "who", "reason"),
    [
        pytest.param(mirror("m", disabled="full"), client(), Reason.DISABLED, id="off"),
        pytest.param(
            mirror("m", kind=Kind.FTP, url="ftp://m.example/"),
            client(),
            Reason.KIND,
            id="ftp",
        ),
        pytest.param(
            mirror("m", prefixes=("spark/",)), client(), Reason.NOT_CARRIED, id="prefix"
        ),
        pytest.param(
            mirror("m", refuses=frozenset({"de"})),
            client(),
            Reason.REFUSES,
            id="refuses",
        ),
        pytest.param(
            mirror("m", "us", only=frozenset({Scope.COUNTRY})),
            client(),
            Reason.OUT_OF_SCOPE,
            id="only its country",
        ),
        pytest.param(
            mirror("m", "us", only=frozenset({Scope.CONTINENT})),
            client(),
            Reason.OUT_OF_SCOPE,
            id="only its continent",
        ),
        pytest.param(
            mirror("m", asn=1, only=frozenset({Scope.AS})),
            client(),
            Reason.OUT_OF_SCOPE,
            id="only its system",
        ),
        pytest.param(
            mirror("m", None, only=frozenset({Scope.COUNTRY})),
            client(None),
            Reason.OUT_OF_SCOPE,
            id="unknown is not the same as unknown",
        ),
        pytest.param(
            mirror("m", url="http://m.example/"),
            client(https=True),
            Reason.SCHEME,
            id="no https",
        ),
        pytest.param(
            mirror("m", disabled="full", refuses=frozenset({"de"})),
            client(),
            Reason.DISABLED,
            id="the first reason counts",
        ),
    ],
)
def test_a_rejection_names_the_first_reason(
    listed: Mirror, who: Client, reason: Reason
) -> None:
    """Every mirror that is passed over says why."""
    selection = index([listed]).explain(who, "httpd/x")

    assert [(one.mirror, one.reason) for one in selection.rejections] == [
        (listed, reason)
    ]


@pytest.mark.parametrize(
    ("health", "reason"),
    [
        pytest.param(DOWN, Reason.DOWN, id="down"),
        pytest.param(STALE, Reason.STALE, id="stale"),
    ],
)
def test_ill_health_is_a_reason(health: Health, reason: Reason) -> None:
    """A mirror that nothing else speaks against is rejected for its health."""
    selection = index([mirror("m")], health).explain(client(), "x")

    assert [one.reason for one in selection.rejections] == [reason]


def test_http_mirrors_serve_https_clients_where_the_operator_allows_it() -> None:
    """SCHEME is relaxed by its setting only."""
    listed = [mirror("m", url="http://m.example/")]

    world = index(listed, policy=Policy(allow_http=True))

    assert chosen(world, client(https=True)) == ["m"]


def test_a_mirror_with_prefixes_serves_what_lies_below_them() -> None:
    """The same client gets another mirror where the nearest lacks the file."""
    world = index([mirror("part", prefixes=("httpd/",)), mirror("whole", "jp")])

    assert chosen(world, client(), "httpd/x.tgz") == ["part"]
    assert chosen(world, client(), "httpd-docs/x") == ["whole"]


def test_ipv6_clients_get_mirrors_with_ipv6_first() -> None:
    """Mirrors without IPv6 rank after the others, and are not rejected."""
    listed = [mirror("declared", ipv6=False), mirror("failed"), mirror("good", "jp")]
    health = {
        listed[0].url: UP,
        listed[1].url: Health(state=State.UP, ipv6=Reach(up=False)),
        listed[2].url: Health(state=State.UP, ipv6=Reach(up=True)),
    }
    world = index(listed, health)

    assert chosen(world, client(ipv6=True), count=3)[0] == "good"
    assert sorted(chosen(world, client(ipv6=True), count=3)) == [
        "declared",
        "failed",
        "good",
    ]
    assert chosen(world, client())[0] != "good"


def test_overrides_put_countries_first_or_last() -> None:
    """Where the network is not the map, the operator's word counts."""
    listed = [mirror("de"), mirror("fr", "fr"), mirror("us", "us")]
    rules = (
        Override(country="de", prefer=("us",)),
        Override(country="fr", avoid=("fr", "https://de.example/")),
        Override(asn=9, prefer=("fr",)),
    )
    world = index(listed, policy=Policy(override=rules))

    assert chosen(world, client("de"), count=3)[0] == "us"
    assert chosen(world, client("fr"), count=3)[0] == "us"
    assert chosen(world, client("us"), count=1) == ["us"]
    assert chosen(world, Client(location=Location(country="us", asn=9))) == ["fr"]


def test_a_share_cap_sends_the_surplus_to_the_next_ring() -> None:
    """A lone mirror keeps its share of the region; the next ring gets the others."""
    world = index([mirror("lone", max_share=0.3), mirror("far", "jp")])

    load = Counter(chosen(world, client(network=f"n{n}"))[0] for n in range(8_000))

    assert load["lone"] / 8_000 == pytest.approx(0.3, rel=0.05)
    assert load["far"] == 8_000 - load["lone"]


def test_a_share_cap_binds_a_mirror_that_is_left_alone() -> None:
    """When its neighbours die, a capped mirror does not inherit the region."""
    listed = [mirror("capped", max_share=0.4), mirror("other"), mirror("far", "jp")]
    health = {listed[0].url: UP, listed[1].url: DOWN, listed[2].url: UP}

    load = Counter(
        chosen(index(listed, health), client(network=f"n{n}"))[0] for n in range(8_000)
    )

    assert load["capped"] / 8_000 == pytest.approx(0.4, rel=0.05)


def test_a_capped_mirror_still_answers_when_there_is_no_other() -> None:
    """A cap never empties an answer: the mirror comes before Backup."""
    world = index([mirror("lone", max_share=0.01)])

    assert {chosen(world, client(network=f"n{n}"))[0] for n in range(50)} == {"lone"}


def test_a_client_keeps_its_mirror_for_every_file() -> None:
    """The target takes no part: files that belong together come from one mirror."""
    world = index([mirror(f"m{number}") for number in range(9)])

    got = {chosen(world, client(network="n"), f"dir/file{n}")[0] for n in range(50)}

    assert len(got) == 1


def test_a_new_mirror_takes_its_share_and_moves_few_others() -> None:
    """In a set large enough for a tree, nearly all clients keep their mirror."""
    listed = [mirror(f"m{one}") for one in range(100)]
    before, after = index(listed), index([*listed, mirror("new")])
    clients = [client(network=f"n{n}") for n in range(2000)]

    moved = [who for who in clients if chosen(before, who) != chosen(after, who)]

    assert 0 < len(moved) < 0.03 * len(clients)


def test_a_mirror_that_is_also_a_backup_is_ranked_once() -> None:
    """It stands where it stands as a mirror; when down, it is still a Backup."""
    twins = [mirror("both"), mirror("both", None, backup=True), mirror("other", "jp")]
    health = {twins[0].url: UP, twins[2].url: UP}
    failing = {**health, twins[0].url: DOWN}

    ranked = index(twins, health).explain(client(), "x").ranked
    fallen = index(twins, failing).explain(client(), "x")

    assert [one.mirror for one in ranked] == [twins[0], twins[2]]
    assert [one.mirror for one in fallen.ranked] == [twins[2], twins[1]]
    assert fallen.rejections == ()


def test_behind_an_override_distance_still_counts() -> None:
    """With the preferred mirror down, the nearest of the others is chosen."""
    listed = [mirror("us", "us"), mirror("fr", "fr"), mirror("jp", "jp")]
    rules = (Override(country="de", prefer=("us",)),)
    health = {listed[0].url: DOWN, listed[1].url: UP, listed[2].url: UP}
    world = index(listed, health, Policy(override=rules))

    got = {chosen(world, client("de", network=f"n{n}"))[0] for n in range(50)}

    assert got == {"fr"}


def _calls(ask: Callable[[], object]) -> int:
    """Return how many functions are called to answer."""
    profile = Profile()
    profile.runcall(ask)
    return sum(one.callcount for one in profile.getstats())


def test_the_first_client_of_a_prepared_cell_waits_for_nothing() -> None:
    """It is answered with as much work as the next one, which a fresh index is not."""
    mirrors = [mirror(f"m{number}") for number in range(12)]
    fresh, prepared = index(mirrors), index(mirrors)
    here = prepared.geography.key(client())
    prepared.prepare([(here, frozenset())], 5, lambda: False)

    first, second = (
        _calls(lambda: prepared.choose(client(), "x", 5)) for _ in range(2)
    )

    assert first == second
    assert _calls(lambda: fresh.choose(client(), "x", 5)) > 3 * second


def test_no_cell_is_prepared_when_it_is_enough() -> None:
    """Requests wait for nothing that may be done later."""
    known = index([mirror("a")])

    known.prepare([(known.geography.key(client()), frozenset())], 5, lambda: True)

    assert known.geography.remembered == ()
