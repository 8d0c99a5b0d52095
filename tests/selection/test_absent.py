"""Selection where it is known who lacks a file."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.model import Client, Health, How, Kind, Mirror, Reason
from mirrorsel.selection.absent import NOBODY, Absent
from mirrorsel.selection.index import Index
from mirrorsel.selection.listing import Wanted, in_country, named, near_set
from tests.selection.worlds import DOWN, STALE, client, index, mirror, questions, world

masks = st.integers(min_value=0, max_value=2**12 - 1)
BACKUP = mirror("backup", None, backup=True)


@given(questions(), masks, masks)
def test_choose_gives_what_explain_ranks_first(
    question: tuple[Index, Client, str], missing: int, wrong: int
) -> None:
    """Both functions pass over the same mirrors."""
    site, who, target = question
    absent = Absent(missing, wrong)
    choice = site.choose(who, target, 99, absent)
    ranked = site.explain(who, target, absent).ranked

    assert choice.mirrors == tuple(one.mirror for one in ranked)
    assert choice.how is ranked[0].how


@given(questions(), masks, masks)
def test_nobody_without_the_file_is_chosen(
    question: tuple[Index, Client, str], missing: int, wrong: int
) -> None:
    """A mirror that lacks a file is never given for it, and the answer never empty."""
    site, who, target = question
    chosen = site.choose(who, target, 99, Absent(missing, wrong)).mirrors
    lacking = {
        one.mirror.url
        for one in site.geography.entries
        if (missing | wrong) >> one.position & 1
    }

    assert chosen
    assert {one.url for one in chosen} & lacking <= {site.geography.origin.mirror.url}


@given(questions(), masks)
def test_others_keep_their_order(
    question: tuple[Index, Client, str], missing: int
) -> None:
    """What a mirror lacks moves its own clients, and nobody else's."""
    site, who, target = question
    all_of_them = site.choose(who, target, 99)
    fewer = site.choose(who, target, 99, Absent(missing))
    lacking = {
        one.mirror.url for one in site.geography.entries if missing >> one.position & 1
    }
    left = [one for one in all_of_them.mirrors if one.url not in lacking]

    if left and all_of_them.how is not How.STALE and fewer.how is not How.STALE:
        assert list(islice(fewer.mirrors, len(left))) == left


@pytest.mark.parametrize(
    ("absent", "health", "reason"),
    [
        pytest.param(Absent(0b01), {}, Reason.MISSING, id="missing"),
        pytest.param(Absent(0, 0b01), {}, Reason.WRONG_SIZE, id="wrong size"),
        pytest.param(Absent(0b01), {"a": DOWN}, Reason.DOWN, id="down too"),
        pytest.param(Absent(0b01), {"a": STALE}, Reason.STALE, id="stale too"),
    ],
)
def test_the_reason(absent: Absent, health: dict[str, Health], reason: Reason) -> None:
    """A mirror that lacks a file says so, after what is wrong with it anyway."""
    site = world(mirror("a"), mirror("b"), BACKUP, **health)
    rejected = site.explain(client(), "x", absent).rejections

    assert [(one.mirror.host, one.reason) for one in rejected] == [
        ("a.example", reason)
    ]


def test_a_file_that_nobody_has_comes_from_the_origin() -> None:
    """After all mirrors come Backup, and in the end the origin."""
    site = world(mirror("a"), mirror("b"), BACKUP)

    assert site.choose(client(), "x", 1, Absent(0b011)).how is How.BACKUP
    assert site.choose(client(), "x", 1, Absent(0b111)).how is How.ORIGIN


def listed(site: Index, absent: Absent) -> list[tuple[Mirror, ...]]:
    """Return what is shown beside the chosen mirror."""
    wanted = Wanted(target="x", kind=Kind.HTTP, absent=absent)
    return [near_set(site, client(), wanted), in_country(site, client(), "de", wanted)]


def test_what_is_shown_has_the_file() -> None:
    """Lists of alternatives are of mirrors that have the file."""
    site = index([mirror("a"), mirror("b")])

    assert [len(one) for one in listed(site, NOBODY)] == [2, 2]
    assert [[one.host for one in some] for some in listed(site, Absent(0b01))] == [
        ["b.example"],
        ["b.example"],
    ]
    assert named(site, "https://a.example/", Absent(0b01)) is None
