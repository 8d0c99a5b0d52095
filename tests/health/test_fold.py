"""Snapshot after snapshot."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.health import HealthPolicy, Sighting, changes, fold
from mirrorsel.model import Health, Outcome, ProbeResult, Snapshot, State

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
POLICY = HealthPolicy(rise=1, fall=1)


def result(url: str, outcome: Outcome = Outcome.OK, hours: float = 0) -> ProbeResult:
    """Return a probe that saw a tree some hours old."""
    stamp = NOW - timedelta(hours=hours) if outcome is Outcome.OK else None
    return ProbeResult(url=url, at=NOW, outcome=outcome, stamp=stamp)


def sighting(*results: ProbeResult, origin: ProbeResult | None = None) -> Sighting:
    """Return what a cycle saw, with an origin as new as can be by default."""
    return Sighting(
        taken=NOW,
        vantage="here",
        origin=origin or result("origin"),
        results=results,
    )


def test_first_cycle() -> None:
    """The first cycle makes a snapshot of all that was probed."""
    snapshot = fold(None, sighting(result("a"), result("b", Outcome.DNS)), POLICY)
    states = {url: health.state for url, health in snapshot.health.items()}

    assert states == {"a": State.UP, "b": State.DOWN}
    assert (snapshot.taken, snapshot.vantage, snapshot.frozen) == (NOW, "here", False)


def test_unlisted_mirrors_are_dropped() -> None:
    """A mirror that was not probed is forgotten."""
    before = fold(None, sighting(result("a"), result("b")), POLICY)

    assert list(fold(before, sighting(result("b")), POLICY).health) == ["b"]


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


urls = st.sampled_from("abcdef")
healths = st.builds(
    Health, state=st.sampled_from(State), streak=st.integers(-5, 5), stale=st.booleans()
)


@given(known=st.dictionaries(urls, healths, min_size=1))
def test_frozen_cycle_changes_no_state(known: dict[str, Health]) -> None:
    """A cycle that is not believed leaves every belief as it was."""
    before = Snapshot(taken=NOW - timedelta(hours=1), health=known)
    lost = (result(url, Outcome.DNS) for url in known)
    seen = sighting(*lost, origin=result("o", Outcome.DNS))
    current = fold(before, seen, POLICY)

    assert current.frozen
    assert current.health == known
    assert changes(before, current) == ()


@given(
    known=st.dictionaries(urls, healths),
    outcomes=st.dictionaries(urls, st.sampled_from(Outcome)),
    origin=st.sampled_from(Outcome),
)
def test_order_of_results_does_not_matter(
    known: dict[str, Health], outcomes: dict[str, Outcome], origin: Outcome
) -> None:
    """The order in which probes end has no say."""
    before = Snapshot(taken=NOW, health=known)
    results = [result(url, outcome) for url, outcome in outcomes.items()]
    canary = result("o", origin)
    there = fold(before, sighting(*results, origin=canary), POLICY)
    back = fold(before, sighting(*reversed(results), origin=canary), POLICY)

    assert there == back
