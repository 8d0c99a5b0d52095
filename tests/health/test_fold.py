"""Snapshot after snapshot."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.health import HealthPolicy, Role, Sighting, Witness, changes, fold
from mirrorsel.model import Health, Outcome, ProbeResult, Snapshot, Spot, State

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
POLICY = HealthPolicy(rise=1, fall=1)


def result(url: str, outcome: Outcome = Outcome.OK, hours: float = 0) -> ProbeResult:
    """Return a probe that saw a tree some hours old."""
    stamp = NOW - timedelta(hours=hours) if outcome is Outcome.OK else None
    return ProbeResult(url=url, at=NOW, outcome=outcome, stamp=stamp)


def sighting(*results: ProbeResult, origin: ProbeResult | None = None) -> Sighting:
    """Return what a cycle saw, with an origin as new as can be by default."""
    seen = origin or result("origin")
    return Sighting(
        taken=NOW,
        vantage="here",
        listed=tuple(one.url for one in results),
        results=results,
        witnesses=(Witness(role=Role.ORIGIN, result=seen),),
    )


def test_first_cycle() -> None:
    """The first cycle makes a snapshot of all that was probed."""
    snapshot = fold(None, sighting(result("a"), result("b", Outcome.DNS)), POLICY)
    states = {url: health.state for url, health in snapshot.health.items()}

    assert states == {"a": State.UP, "b": State.DOWN}
    assert (snapshot.taken, snapshot.vantage, snapshot.frozen) == (NOW, "here", False)


def test_unlisted_mirrors_are_dropped() -> None:
    """A mirror that is not listed, or not in service, is forgotten."""
    before = fold(None, sighting(result("a"), result("b")), POLICY)

    assert list(fold(before, sighting(result("b")), POLICY).health) == ["b"]


def test_mirrors_that_were_not_due() -> None:
    """A mirror that is listed and was not probed is believed to be as before."""
    before = fold(None, sighting(result("a"), result("b", Outcome.TLS)), POLICY)
    small = replace(sighting(result("b")), listed=("a", "b", "c"))
    health = fold(before, small, POLICY).health

    assert list(health) == ["a", "b", "c"]
    assert (health["a"], health["c"]) == (before.health["a"], Health())
    assert health["b"].state is State.UP


def test_one_wrong_file_holds_one_mirror() -> None:
    """What is wrong at one mirror is remembered; at several it may be wrong here."""
    differing = replace(result("a", Outcome.BAD_HASH), sample="f")
    one = fold(None, sighting(differing, result("b")), POLICY)
    two = fold(one, sighting(differing, replace(differing, url="b")), POLICY)

    assert Spot(path="f", start=0) == one.health["a"].wrong
    assert [None, None] == [known.wrong for known in two.health.values()]


def test_result_of_an_unlisted_mirror() -> None:
    """What was probed and is not listed leaves no trace."""
    odd = replace(sighting(result("a")), listed=("b",))

    assert list(fold(None, odd, POLICY).health) == ["b"]


def test_origin_is_judged_like_a_mirror() -> None:
    """The origin has a state, by rise and fall, but no quarantine."""
    down = sighting(result("a"), origin=result("o", Outcome.STATUS))
    moved = replace(result("o", Outcome.BAD_HASH), target="t")
    before = fold(None, sighting(result("a")), POLICY)
    taken = fold(before, sighting(result("a"), origin=moved), POLICY)

    assert before.origin.state is State.UP
    assert fold(before, down, POLICY).origin.state is State.DOWN
    assert (taken.origin.state, taken.origin.quarantine) == (State.DOWN, "")
    assert fold(taken, sighting(result("a")), POLICY).origin.state is State.UP


def test_origin_that_was_not_asked() -> None:
    """A cycle without the origin leaves what is believed of it."""
    before = fold(None, sighting(result("a")), POLICY)
    without = replace(sighting(result("a")), witnesses=())

    assert fold(before, without, POLICY).origin == before.origin


def test_origin_while_frozen() -> None:
    """A failure of the origin that may be ours is noted and changes no state."""
    before = fold(None, sighting(result("a")), POLICY)
    lost = sighting(result("a", Outcome.DNS), origin=result("o", Outcome.DNS))
    origin = fold(before, lost, POLICY).origin

    assert (origin.state, origin.streak) == (State.UP, 1)
    assert origin.outcome is Outcome.DNS


def test_freeze_keeps_its_beginning() -> None:
    """A freeze is dated by its first cycle, and gone when one is believed."""
    lost = sighting(result("a", Outcome.DNS), origin=result("o", Outcome.DNS))
    later = replace(lost, taken=NOW + timedelta(hours=1))
    frozen = fold(fold(None, lost, POLICY), later, POLICY)

    assert frozen.frozen_since == NOW
    assert fold(frozen, sighting(result("a")), POLICY).frozen_since is None


def test_origin_stamp_is_kept() -> None:
    """The last known stamp of the origin outlives its silence."""
    before = fold(None, sighting(result("a"), origin=result("o", hours=30)), POLICY)
    silent = sighting(result("a"), origin=result("o", Outcome.DNS))

    assert fold(before, silent, POLICY).origin_stamp == NOW - timedelta(hours=30)


def test_staleness_is_relative_to_the_origin() -> None:
    """A mirror as old as the origin is fresh, however old that is."""
    old = sighting(result("a", hours=100), origin=result("o", hours=100))

    assert not fold(None, old, POLICY).health["a"].stale


def test_staleness_without_origin() -> None:
    """Where the origin never answered, the time of the cycle stands in."""
    silent = sighting(
        result("a", hours=100), result("b"), origin=result("o", Outcome.STATUS)
    )
    health = fold(None, silent, POLICY).health

    assert (health["a"].stale, health["b"].stale) == (True, False)


def test_changes() -> None:
    """What changed is told, what stayed is not."""
    before = fold(None, sighting(result("a"), result("b")), POLICY)
    current = fold(
        before,
        sighting(result("a"), result("b", Outcome.TLS), result("c", hours=48)),
        POLICY,
    )
    told = [
        (one.url, one.before, one.after, one.stale) for one in changes(before, current)
    ]

    assert told == [
        ("b", State.UP, State.DOWN, False),
        ("c", State.UNKNOWN, State.UP, True),
    ]


def test_quarantine_of_one_that_is_down() -> None:
    """That a mirror which is down already was taken over is told, and told once."""
    down = Snapshot(taken=NOW, health={"a": Health(state=State.DOWN)})
    held = replace(down.health["a"], quarantine="it is another")
    found = replace(down, health={"a": held})
    old = replace(down, health={"a": replace(held, stale=True)})

    assert [one.quarantine for one in changes(down, found)] == ["it is another"]
    assert [one.quarantine for one in changes(found, old)] == [""]
    assert changes(found, found) == ()


urls = st.sampled_from("abcdef")
healths = st.builds(
    Health, state=st.sampled_from(State), streak=st.integers(-5, 5), stale=st.booleans()
)
snapshots = st.builds(
    Snapshot,
    taken=st.just(NOW - timedelta(hours=1)),
    health=st.dictionaries(urls, healths),
    frozen_since=st.sampled_from([None, NOW - timedelta(hours=2)]),
)
outcomes = st.dictionaries(urls, st.sampled_from(Outcome))
witnesses = st.lists(
    st.builds(
        Witness,
        role=st.sampled_from(Role),
        result=st.builds(result, st.just("w"), st.sampled_from(Outcome)),
    ),
    max_size=4,
    unique_by=lambda one: one.role,
)


def cycle(seen: dict[str, Outcome], asked: list[Witness], *listed: str) -> Sighting:
    """Return a cycle that saw mirrors of which these are listed."""
    return Sighting(
        taken=NOW,
        vantage="here",
        listed=listed,
        results=tuple(result(url, outcome) for url, outcome in seen.items()),
        witnesses=tuple(asked),
    )


@given(before=snapshots, seen=outcomes, asked=witnesses)
def test_frozen_cycle_changes_no_state(
    before: Snapshot, seen: dict[str, Outcome], asked: list[Witness]
) -> None:
    """A cycle that is not believed leaves every belief as it was."""
    current = fold(before, cycle(seen, asked, *before.health), POLICY)

    assert not current.frozen or current.health == before.health
    assert not current.frozen or changes(before, current) == ()


@given(known=st.dictionaries(urls, healths, min_size=1))
def test_lost_network_freezes(known: dict[str, Health]) -> None:
    """Without a network no belief changes, whatever it was."""
    before = Snapshot(taken=NOW - timedelta(hours=1), health=known)
    lost = (result(url, Outcome.DNS) for url in known)
    current = fold(before, sighting(*lost, origin=result("o", Outcome.DNS)), POLICY)

    assert current.frozen
    assert current.health == known


@given(before=snapshots, seen=outcomes, asked=witnesses)
def test_order_of_results_does_not_matter(
    before: Snapshot, seen: dict[str, Outcome], asked: list[Witness]
) -> None:
    """The order in which probes end has no say."""
    there = cycle(seen, asked, *"abcdef")
    back = replace(there, results=there.results[::-1], witnesses=there.witnesses[::-1])

    assert fold(before, there, POLICY) == fold(before, back, POLICY)


@given(before=snapshots, seen=outcomes, asked=witnesses, listed=st.sets(urls))
def test_only_what_was_seen_changes(
    before: Snapshot, seen: dict[str, Outcome], asked: list[Witness], listed: set[str]
) -> None:
    """What is listed is known afterwards, and what was not seen is as before."""
    current = fold(before, cycle(seen, asked, *listed), POLICY)
    unseen = listed - seen.keys()

    assert current.health.keys() == listed
    assert all(
        current.health[url] == before.health.get(url, Health()) for url in unseen
    )


@given(before=snapshots, seen=outcomes, asked=witnesses, listed=st.sets(urls))
def test_cycle_in_which_nothing_was_seen(
    before: Snapshot, seen: dict[str, Outcome], asked: list[Witness], listed: set[str]
) -> None:
    """A cycle without results after another one changes nothing at all."""
    once = fold(before, cycle(seen, asked, *listed), POLICY)

    assert once == fold(once, cycle({}, [], *listed), POLICY)
