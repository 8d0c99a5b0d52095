"""What the public is told, from what is known."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mirrorsel.health import Change, HealthPolicy, History, Track
from mirrorsel.model import (
    Certificate,
    Coordinates,
    Country,
    Health,
    Mirror,
    MirrorList,
    Outcome,
    Reach,
    Snapshot,
    State,
)
from mirrorsel.status import Known, MirrorStatus, Rules, Standing, headline, report

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
RULES = Rules(policy=HealthPolicy(), period=300, dead_period=3600)
URL = "https://de.example/apache/"
MIRROR = Mirror(url=URL, country="de", contact="joe@de.example")
UP = Health(state=State.UP, checked=NOW, stamp=NOW, outcome=Outcome.OK)
GERMANY = Country(
    code="de",
    name="Germany",
    continent="EU",
    centre=Coordinates(latitude=51, longitude=10),
)


def told(mirror: Mirror = MIRROR, health: Health | None = UP) -> MirrorStatus:
    """Return what is told of one mirror."""
    known = Known(
        mirrors=MirrorList(mirrors=(mirror,)),
        snapshot=Snapshot(
            taken=NOW,
            origin=Health(stamp=NOW),
            health={mirror.url: health} if health else {},
        ),
        countries={"de": GERMANY},
    )
    return report(known, NOW).mirrors[0]


@pytest.mark.parametrize(
    ("health", "standing"),
    [
        pytest.param(UP, Standing.UP, id="up"),
        pytest.param(replace(UP, stale=True), Standing.STALE, id="stale"),
        pytest.param(replace(UP, state=State.DOWN), Standing.DOWN, id="down"),
        pytest.param(
            replace(UP, state=State.DOWN, stale=True), Standing.DOWN, id="down, stale"
        ),
        pytest.param(
            replace(UP, state=State.UNKNOWN), Standing.UNKNOWN, id="seldom probed"
        ),
        pytest.param(None, Standing.UNKNOWN, id="never probed"),
    ],
)
def test_how_a_mirror_stands(health: Health | None, standing: Standing) -> None:
    """It is in one of a few states, of which each has a word."""
    assert standing == told(health=health).standing


def test_the_operator_s_reason_is_not_told() -> None:
    """Only that he took it out of service."""
    row = told(replace(MIRROR, disabled="quarrel with Joe"))

    assert Standing.DISABLED is row.standing
    assert "taken out of service by the operator" == row.reason
    assert "Joe" not in repr(row)


def test_people_are_not_told_of() -> None:
    """A contact is nowhere in what the public is told."""
    assert "@" not in repr(told())


def test_where_it_is() -> None:
    """Its own place counts, else the centre of its country."""
    own = Coordinates(latitude=48, longitude=11)

    assert GERMANY.centre == told().place
    assert own == told(replace(MIRROR, coordinates=own)).place
    assert told(replace(MIRROR, country=None)).place is None


def test_how_far_behind_it_is() -> None:
    """Its stamp is held against the origin's; nobody is ahead of it."""
    behind = [
        told(health=replace(UP, stamp=NOW - one)).behind
        for one in (2 * HOUR, timedelta(0), -HOUR)
    ]

    assert [7200, 0, 0] == behind


def test_the_list_s_own_stamp_stands_in() -> None:
    """A mirror that was never probed is as fresh as the list says."""
    row = told(replace(MIRROR, stamp=NOW - HOUR), None)

    assert (3600, "not probed yet") == (row.behind, row.reason)


def test_hostile_words_are_tamed() -> None:
    """What the mirror sent is one line; what is private stays so."""
    row = told(
        health=replace(
            UP,
            state=State.DOWN,
            outcome=Outcome.REFUSED,
            detail="192.168.1.1\u202e\nrefused",
            certificate=Certificate(expiry=NOW, issuer="a\x00b"),
            quarantine="moved to\n10.0.0.1",
        )
    )

    assert "no connection: a private address refused" == row.reason
    assert "moved to a private address" == row.quarantine
    assert row.certificate is not None
    assert "a b" == row.certificate.issuer


def test_the_story_is_for_everybody() -> None:
    """It tells why and what helps, without the operator's own affairs."""
    down = replace(UP, state=State.DOWN, streak=-3, detail="/usr/bin: 10.0.0.1")
    failed = told(health=replace(down, outcome=Outcome.TIMEOUT)).story
    ours = told(health=replace(down, outcome=Outcome.NO_ROUTE)).story

    assert "the last: no answer in time: /usr/bin: a private address" in failed
    assert "after 2 good probes in a row" in failed
    assert "/usr/bin" not in ours
    assert "taken out of service" in told(replace(MIRROR, disabled="Joe")).story


def test_warnings_are_words() -> None:
    """They follow the mirror's name."""
    lame = Reach(up=False, outcome=Outcome.TIMEOUT)
    health = replace(UP, ipv4=Reach(up=True), ipv6=lame)

    assert ["does not answer over IPv6: no answer in time"] == [
        one.text for one in told(health=health).warnings
    ]
    assert () == told(replace(MIRROR, disabled=""), health).warnings


def test_history_and_shares() -> None:
    """Both are told where they are known."""
    change = Change(
        url=URL,
        at=NOW,
        before=State.UNKNOWN,
        after=State.UP,
        stale=False,
        outcome=Outcome.OK,
        detail="",
    )
    known = Known(
        mirrors=MirrorList(mirrors=(MIRROR, replace(MIRROR, url="http://b.example/"))),
        history=History(hour=NOW, tracks={URL: Track(hours="u", changes=(change,))}),
        shares={URL: 0.25},
    )
    rows = {one.url: one for one in report(known, NOW).mirrors}

    assert ((change,), 0.25) == (rows[URL].changes, rows[URL].share)
    assert ((), 0.0) == (
        rows["http://b.example/"].changes,
        rows["http://b.example/"].share,
    )
    assert report(known, NOW).counted


def test_the_order() -> None:
    """Countries by name, then hosts; what stands in everywhere comes last."""
    mirrors = (
        Mirror(url="https://backup.example/", backup=True),
        Mirror(url="https://z.example/", country="de"),
        Mirror(url="https://a.example/", country="de"),
        Mirror(url="https://x.example/", country="xx"),
    )
    known = Known(mirrors=MirrorList(mirrors=mirrors), countries={"de": GERMANY})

    assert ["a.example", "z.example", "x.example", "backup.example"] == [
        one.host for one in report(known, NOW).mirrors
    ]


def said(states: str, *, later: timedelta = timedelta(0), **more: Any) -> list[str]:
    """Return the headline for mirrors that are up (u), down (d) or disabled (x)."""
    health = {"u": UP, "d": replace(UP, state=State.DOWN), "x": UP}
    mirrors = tuple(
        Mirror(url=f"http://{n}.example/", disabled="" if one == "x" else None)
        for n, one in enumerate(states)
    )
    known = {one.url: health[state] for one, state in zip(mirrors, states, strict=True)}
    snapshot = Snapshot(taken=NOW, health=known, **more)
    listed = MirrorList(mirrors=mirrors)
    found = report(Known(mirrors=listed, snapshot=snapshot), NOW + later)
    return list(headline(found, RULES))


@pytest.mark.parametrize(
    ("states", "words"),
    [
        pytest.param("", "No mirrors are listed.", id="none"),
        pytest.param("u", "The mirror is up.", id="one"),
        pytest.param("d", "0 of 1 mirrors are up.", id="one, down"),
        pytest.param("uux", "All 2 mirrors are up.", id="all in service"),
        pytest.param("uud", "2 of 3 mirrors are up.", id="some"),
    ],
)
def test_the_headline(states: str, words: str) -> None:
    """It says how many are up, of those in service."""
    assert [words] == said(states)


def test_a_silent_checker_is_told() -> None:
    """In plain words, with for how long."""
    assert said("u", later=3 * HOUR)[1].startswith(
        "The checker has been silent for 3 h:"
    )


def test_a_slow_checker_is_not_silent() -> None:
    """How long it may be quiet depends on how often mirrors are probed."""
    assert 1 == len(said("u", later=19 * MINUTE))
    assert 2 == len(said("u", later=21 * MINUTE))


def test_frozen_states_are_told() -> None:
    """The checker's own network is to blame, and no mirror."""
    assert said("u", frozen_since=NOW - 2 * HOUR)[1].startswith(
        "The checker has had no network of its own for 2 h:"
    )


def test_nothing_probed_yet() -> None:
    """A first start says so."""
    known = Known(mirrors=MirrorList(mirrors=(MIRROR,)))

    assert "none has been checked yet" in headline(report(known, NOW), RULES)[0]
