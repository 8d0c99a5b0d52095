"""One mirror, probe after probe."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.health import HealthPolicy, advance
from mirrorsel.model import Attempt, Health, Outcome, ProbeResult, Spot, State

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
POLICY = HealthPolicy(rise=2, fall=3)
FRESH = NOW - timedelta(hours=1)
BETWEEN = NOW - timedelta(hours=22)
OLD = NOW - timedelta(hours=25)


def good(stamp: datetime | None = FRESH, family: int = 4) -> ProbeResult:
    """Return a good probe."""
    return ProbeResult(
        url="u",
        at=NOW,
        outcome=Outcome.OK,
        stamp=stamp,
        attempts=(Attempt(family=family, outcome=Outcome.OK),),
    )


def answering(seconds: float) -> ProbeResult:
    """Return a good probe whose answer took so long."""
    tried = Attempt(family=4, outcome=Outcome.OK, seconds=seconds)
    return replace(good(), seconds=seconds, attempts=(tried,))


def bad(outcome: Outcome = Outcome.TIMEOUT, family: int | None = 4) -> ProbeResult:
    """Return a bad probe."""
    tried = (Attempt(family=family, outcome=outcome),) if family else ()
    return ProbeResult(url="u", at=NOW, outcome=outcome, attempts=tried, detail="why")


def after(results: str, health: Health | None = None, **changes: int) -> Health:
    """Return the belief after good (`+`), stale (`o`) and bad (`-`) probes."""
    probes = {"+": good(), "o": good(OLD), "-": bad()}
    policy = replace(POLICY, **changes)
    health = health or Health()
    for one in results:
        health = advance(health, probes[one], NOW, policy)
    return health


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        pytest.param("", State.UNKNOWN, id="never-probed"),
        pytest.param("+", State.UNKNOWN, id="one-good"),
        pytest.param("++", State.UP, id="rise"),
        pytest.param("+-+", State.UNKNOWN, id="good-not-in-a-row"),
        pytest.param("--", State.UNKNOWN, id="too-few-bad"),
        pytest.param("---", State.DOWN, id="fall"),
        pytest.param("++--", State.UP, id="up-with-two-bad"),
        pytest.param("++--+--", State.UP, id="up-with-bad-not-in-a-row"),
        pytest.param("++---", State.DOWN, id="up-then-fall"),
        pytest.param("---+", State.DOWN, id="down-with-one-good"),
        pytest.param("---++", State.UP, id="down-then-rise"),
        pytest.param("oo", State.UP, id="stale-and-up"),
        pytest.param("---ooo", State.DOWN, id="down-and-back-with-an-old-tree"),
        pytest.param("---ooo+", State.UP, id="down-and-back-then-fresh"),
    ],
)
def test_state(results: str, expected: State) -> None:
    """A mirror rises and falls by probes in a row, and returns only fresh."""
    assert expected == after(results).state


@pytest.mark.parametrize(
    ("was_stale", "stamp", "expected"),
    [
        pytest.param(False, FRESH, False, id="fresh"),
        pytest.param(False, BETWEEN, False, id="fresh-stays"),
        pytest.param(False, OLD, True, id="becomes-stale"),
        pytest.param(True, BETWEEN, True, id="stale-stays"),
        pytest.param(True, FRESH, False, id="becomes-fresh"),
        pytest.param(True, None, False, id="no-stamp"),
    ],
)
def test_stale(was_stale: bool, stamp: datetime | None, expected: bool) -> None:  # noqa: FBT001 - a row of the table
    """Two thresholds keep a mirror from swinging between stale and fresh."""
    health = advance(Health(stale=was_stale), good(stamp), NOW, POLICY)

    assert expected == health.stale


def test_failed_probe_keeps_stamp() -> None:
    """A mirror that does not answer keeps the stamp that it showed last."""
    assert after("+-").stamp == FRESH


def test_future_stamp_is_cut() -> None:
    """A stamp from the future counts as one of the time of the probe."""
    health = advance(Health(), good(NOW + timedelta(days=400)), NOW, POLICY)

    assert health.stamp == NOW


def test_since_changes_only_with_state() -> None:
    """The time of a state is that of the probe that brought it."""
    later = replace(good(), at=NOW + timedelta(hours=1))

    assert after("+").since is None
    assert advance(after("++"), later, NOW, POLICY).since == NOW


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        pytest.param(good(family=4), (True, None), id="ipv4"),
        pytest.param(good(family=6), (None, True), id="ipv6"),
        pytest.param(bad(), (False, None), id="ipv4-fails"),
        pytest.param(bad(family=6), (None, False), id="ipv6-fails"),
        pytest.param(bad(Outcome.DNS, None), (None, None), id="no-address"),
    ],
)
def test_families(result: ProbeResult, expected: tuple[bool | None, ...]) -> None:
    """Only the family that was tried is told of."""
    health = advance(Health(), result, NOW, POLICY)

    assert expected == (health.ipv4.up, health.ipv6.up)


@pytest.mark.parametrize("outcome", [Outcome.DEFECT, Outcome.NO_CLIENT])
def test_probe_that_tells_nothing(outcome: Outcome) -> None:
    """A probe that failed by itself is noted, and no belief changes."""
    health = after("+-")
    noted = advance(health, bad(outcome), NOW + timedelta(days=9), POLICY)

    assert (noted.checked, noted.outcome) == (NOW, outcome)
    assert replace(noted, outcome=health.outcome) == health


def test_pace_is_a_smoothed_mean() -> None:
    """The pace follows the seconds of good answers, slowly."""
    first = advance(Health(), answering(1.0), NOW, POLICY)

    assert first.pace == 1.0
    assert advance(first, answering(10.0), NOW, POLICY).pace == pytest.approx(3.7)
    assert advance(first, replace(bad(), seconds=9.0), NOW, POLICY).pace == 1.0


def test_a_family_that_hangs_makes_no_mirror_slow() -> None:
    """What counts is the time of the family that answers, not that of the probe."""
    hung = Attempt(family=6, outcome=Outcome.TIMEOUT, seconds=7.0)
    result = answering(0.5)
    lame = replace(result, seconds=7.5, attempts=(*result.attempts, hung))

    assert advance(Health(), lame, NOW, POLICY).pace == 0.5


def test_what_was_wrong_is_remembered_until_it_is_right() -> None:
    """Only a good comparison ends it; a probe without one says nothing of it."""
    wrong = replace(bad(Outcome.BAD_HASH), sample="a/f", start=7)
    right = replace(good(), sample="a/f", start=7)
    health, held = Health(), []
    for one in (good(), wrong, good(), bad(), right):
        health = advance(health, one, NOW, POLICY)
        held.append(health.wrong)

    spot = Spot(path="a/f", start=7)
    assert [None, spot, spot, spot, None] == held


def test_https_twin_is_remembered() -> None:
    """What was found when it was last asked stays while it is not asked."""
    found = advance(Health(), replace(good(), https_twin=True), NOW, POLICY)
    gone = advance(found, replace(good(), https_twin=False), NOW, POLICY)

    assert advance(found, good(), NOW, POLICY).https_twin is True
    assert gone.https_twin is False


def test_last_probe_is_kept() -> None:
    """How the last probe ended is kept for people to read."""
    health = after("+-")

    assert (health.checked, health.outcome, health.detail) == (
        NOW,
        Outcome.TIMEOUT,
        "why",
    )


histories = st.text("+o-", max_size=30)


@given(history=histories, rise=st.integers(1, 5))
def test_never_up_without_rise(history: str, rise: int) -> None:
    """No mirror comes up without `rise` good probes in a row at some time."""
    state = after(history, rise=rise).state
    answered = "+" * rise in history.replace("o", "+")

    assert state is not State.UP or answered


@given(history=histories, fall=st.integers(2, 5))
def test_one_bad_probe_never_takes_down(history: str, fall: int) -> None:
    """An up mirror stays up after one bad probe, whatever was before."""
    health = after(f"{history}++", fall=fall)

    assert after("-", health, fall=fall).state is State.UP


@given(history=histories)
def test_down_leaves_only_fresh(history: str) -> None:
    """A mirror that comes back from down is not stale at that moment."""
    health = after("---")
    for one in history:
        before, health = health, after(one, health)

        assert (before.state, health.state, health.stale) != (
            State.DOWN,
            State.UP,
            True,
        )
