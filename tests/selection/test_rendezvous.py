"""Rendezvous hashing: values that must never change, and its laws."""

from collections import Counter
from operator import itemgetter
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.selection.rendezvous import chance, key, rendezvous, slot


class Numbered(NamedTuple):
    """The least that can be ranked."""

    key: int
    weight: int


SLOTS = st.integers(0, 2**32 - 1)
# All over the space, and close together at its ends.
KEYS = (
    st.integers(0, 2**64 - 1) | st.integers(0, 99) | st.integers(2**64 - 99, 2**64 - 1)
)
MEMBERS = st.lists(
    st.builds(Numbered, KEYS, st.integers(1, 1000)),
    min_size=1,
    max_size=100,
    unique_by=lambda one: one.key,
)


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        pytest.param("192.0.2.0/24", 0xA3B9BD6E, id="IPv4"),
        pytest.param("2001:db8::/48", 0x1CA344AF, id="IPv6"),
        pytest.param("", 0, id="none"),
    ],
)
def test_a_network_has_the_same_slot_in_every_version(
    network: str, expected: int
) -> None:
    """Other values would move every client to another mirror."""
    assert slot(network) == expected


def test_a_mirror_has_the_same_key_in_every_version() -> None:
    """Other values would move every client to another mirror."""
    assert key("https://downloads.apache.org/") == 0x6AECD7706D164233


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        pytest.param(20, [6, 15, 16, 7, 14], id="the largest set that is no tree"),
        pytest.param(21, [6, 7, 14, 4, 11], id="the smallest tree"),
        pytest.param(1000, [737, 62, 59, 926, 797], id="some levels"),
    ],
)
def test_a_client_has_the_same_order_in_every_version(
    size: int, expected: list[int]
) -> None:
    """Another shape of trees would move the clients of all large sets."""
    keys = [key(f"https://m{number}.example/") for number in range(size)]
    made = rendezvous(Numbered(one, 1 + at % 3) for at, one in enumerate(keys))

    found = made.first(slot("192.0.2.0/24"), 5)

    assert [keys.index(one.key) for one in found] == expected


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_a_chance_can_be_taken_the_logarithm_of(client: int, member: int) -> None:
    """It is above nought and at most one."""
    assert 0 < chance(client, member) <= 1


@given(MEMBERS, SLOTS, st.integers(1, 70))
def test_the_first_ones_are_the_beginning_of_the_order(
    members: list[Numbered], client: int, count: int
) -> None:
    """A few are found without ranking all."""
    made = rendezvous(members)

    assert made.first(client, count) == list(made.order(client))[:count]


@given(MEMBERS, SLOTS)
def test_an_order_holds_every_member_once(members: list[Numbered], client: int) -> None:
    """However many they are, all are ranked."""
    whole = rendezvous(members)

    assert sorted(whole.order(client)) == sorted(members)


@given(MEMBERS, SLOTS)
def test_the_order_of_a_list_does_not_matter(
    members: list[Numbered], client: int
) -> None:
    """A sorted list gives the same answers as an unsorted one."""
    one, other = rendezvous(members), rendezvous(sorted(members))

    assert list(one.order(client)) == list(other.order(client))


@given(MEMBERS, SLOTS, st.data())
def test_who_goes_leaves_the_others_as_they_are(
    members: list[Numbered], client: int, data: st.DataObject
) -> None:
    """Without some members, the order of the others is the same."""
    gone = data.draw(st.sets(st.sampled_from(members)))
    whole = rendezvous(members)

    pruned = whole.pruned(lambda one: one not in gone)

    assert list(pruned.order(client)) == [
        one for one in whole.order(client) if one not in gone
    ]


@given(MEMBERS, SLOTS, st.integers(1, 30), st.data())
def test_the_first_of_those_that_are_left(
    members: list[Numbered], client: int, count: int, data: st.DataObject
) -> None:
    """Where the nearest branch has not enough left, others have the next."""
    gone = data.draw(st.sets(st.sampled_from(members)))
    pruned = rendezvous(members).pruned(lambda one: one not in gone)

    assert pruned.first(client, count) == list(pruned.order(client))[:count]


@given(MEMBERS, SLOTS)
def test_scores_say_the_order(members: list[Numbered], client: int) -> None:
    """The highest is first, at each fork and in the end."""
    made = rendezvous(members)

    scored = sorted(made.scores(client), key=itemgetter(0), reverse=True)

    assert [one for _, one in scored] == list(made.order(client))


@given(MEMBERS, SLOTS)
def test_asking_changes_nothing(members: list[Numbered], client: int) -> None:
    """The same client has the same order each time."""
    whole = rendezvous(members)

    assert list(whole.order(client)) == list(whole.order(client))


def test_nobody_is_ranked_in_an_empty_set() -> None:
    """No members, no order."""
    assert list(rendezvous([]).order(1)) == []


@pytest.mark.parametrize(
    "weights",
    [
        pytest.param((1, 1), id="two"),
        pytest.param((1, 2, 7), id="weights"),
        pytest.param((1, 1000), id="far apart"),
    ],
)
def test_the_first_follow_their_weights(weights: tuple[int, ...]) -> None:
    """Each is first for its share of the clients."""
    members = [
        Numbered(key(str(number)), weight) for number, weight in enumerate(weights)
    ]
    made, clients = rendezvous(members), 20_000

    load = Counter(next(made.order(slot(str(one)))) for one in range(clients))

    assert [load[one] / clients for one in members] == pytest.approx(
        [weight / sum(weights) for weight in weights], abs=0.01
    )


def test_members_with_one_key_are_all_ranked() -> None:
    """One half of each fork is empty, and the tree has an end."""
    members = [Numbered(7, weight) for weight in range(1, 100)]

    assert sorted(rendezvous(members).order(1)) == members
