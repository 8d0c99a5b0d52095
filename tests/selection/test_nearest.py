"""Mirrors by cost: the same as if all of them had been looked at."""

from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.model import Client, Coordinates, Mirror
from mirrorsel.selection.cell import Cell, cell_key, cell_of
from mirrorsel.selection.cost import cost
from mirrorsel.selection.entry import entry
from mirrorsel.selection.group import Group, groups
from mirrorsel.selection.nearest import Nearest
from mirrorsel.selection.policy import Policy
from tests.selection.worlds import CLIENTS, MIRRORS, PLACES, POLICIES, client, mirror

# More than a ball holds, and at one place, at its antipode, at poles and borders too.
CORNERS = st.builds(
    Coordinates,
    latitude=st.sampled_from([-90.0, -45.0, 0.0, 45.0, 90.0]),
    longitude=st.sampled_from([-180.0, -135.0, 0.0, 45.0, 179.9, 180.0]),
)
MANY = st.lists(
    st.builds(
        lambda one, place: Mirror(
            url=one.url,
            country=one.country,
            asn=one.asn,
            coordinates=place or one.coordinates,
        ),
        MIRRORS,
        st.none() | CORNERS,
    ),
    min_size=1,
    max_size=120,
    unique_by=lambda one: one.url,
)


def grouped(mirrors: list[Mirror], policy: Policy) -> tuple[Group, ...]:
    """Return the groups of a list."""
    return groups(
        (entry(number, one, PLACES) for number, one in enumerate(mirrors)), policy
    )


def cell(who: Client) -> Cell:
    """Return the cell of a client; all autonomous systems matter."""
    return cell_of(cell_key(who, (1, 2, 3, 4), PLACES))


@given(MANY, CLIENTS, POLICIES)
def test_it_is_what_all_costs_in_order_are(
    mirrors: list[Mirror], who: Client, policy: Policy
) -> None:
    """Every group comes once, the cheapest first, and of equals the first listed."""
    listed, here = grouped(mirrors, policy), cell(who)
    priced = [(cost(here, one.any, policy), one) for one in listed]
    priced.sort(key=lambda one: (one[0], one[1].number))

    assert list(Nearest(listed, policy).by_cost(here)) == priced


@given(MANY, st.lists(CLIENTS, min_size=2, max_size=5))
def test_what_was_asked_before_changes_nothing(
    mirrors: list[Mirror], clients: list[Client]
) -> None:
    """Balls are split while they are asked; a new one gives the same order."""
    listed = grouped(mirrors, Policy())
    used = Nearest(listed, Policy())
    for who in clients:
        list(islice(used.by_cost(cell(who)), 3))

    here = cell(clients[0])

    assert list(used.by_cost(here)) == list(Nearest(listed, Policy()).by_cost(here))


def test_nothing_is_the_nearest_of_nothing() -> None:
    """A list may have no mirror of a kind."""
    assert list(Nearest([], Policy()).by_cost(cell(client()))) == []


def test_mirrors_at_one_place_end_the_splitting() -> None:
    """Any number of groups may lie at one point."""
    mirrors = [mirror(f"m{number}", asn=number) for number in range(1, 101)]
    listed = grouped(mirrors, Policy())

    found = [one.number for _, one in Nearest(listed, Policy()).by_cost(cell(client()))]

    assert found == list(range(100))
