"""What is believed over each IP family."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.health import HealthPolicy, Sighting, fold
from mirrorsel.health.reach import FAMILIES, answered_families, reach_after
from mirrorsel.model import Attempt, Health, Outcome, ProbeResult, Reach, Snapshot

NOW = datetime(2026, 11, 29, tzinfo=UTC)
POLICY = HealthPolicy(rise=2, fall=3)
ENDS = {"+": Outcome.OK, "-": Outcome.TIMEOUT, "n": Outcome.NO_ROUTE}


def seen(
    ipv4: Outcome | None, ipv6: Outcome | None, url: str = "http://m/"
) -> ProbeResult:
    """Return a probe with these attempts."""
    pairs = ((4, ipv4), (6, ipv6))
    tried = [Attempt(family=number, outcome=one) for number, one in pairs if one]
    good = any(one.outcome is Outcome.OK for one in tried)
    outcome = Outcome.OK if good else Outcome.TIMEOUT
    return ProbeResult(url=url, at=NOW, outcome=outcome, attempts=tuple(tried))


def after(attempts: str, families: frozenset[int] = FAMILIES) -> Reach:
    """Return the belief about IPv6 after answers (`+`), failures, no routes (`n`)."""
    reach = Reach()
    for one in attempts:
        result = seen(Outcome.OK, ENDS[one])
        reach = reach_after(reach, result, 6, POLICY, families)
    return reach


@pytest.mark.parametrize(
    ("attempts", "expected"),
    [
        pytest.param("", None, id="never-tried"),
        pytest.param("+", True, id="first-answers"),
        pytest.param("-", False, id="first-fails"),
        pytest.param("+--", True, id="too-few-failures"),
        pytest.param("+---", False, id="fall"),
        pytest.param("+--+--", True, id="failures-not-in-a-row"),
        pytest.param("-+", False, id="too-few-answers"),
        pytest.param("-++", True, id="rise"),
        pytest.param("n", None, id="no-route-tells-nothing"),
        pytest.param("+-n-n-", False, id="no-route-breaks-no-row"),
        pytest.param("+nnnn", True, id="no-route-takes-nothing"),
    ],
)
def test_up(attempts: str, expected: bool | None) -> None:  # noqa: FBT001 - a row of the table
    """A family rises and falls by attempts in a row, and the first decides."""
    assert expected == after(attempts).up


def test_address_that_is_gone() -> None:
    """A mirror that answers and has no address of a family is not judged by it."""
    reach = reach_after(after("+++"), seen(Outcome.OK, None), 6, POLICY, FAMILIES)

    assert reach == Reach()


def test_family_that_was_not_tried() -> None:
    """A probe that failed may have had no time for the other family."""
    before = after("+++")
    late = seen(Outcome.TIMEOUT, None)

    assert before == reach_after(before, late, 6, POLICY, FAMILIES)


def test_family_of_nobody() -> None:
    """Where nobody answers over IPv6, that is ours, and not believed of anybody."""
    results = tuple(seen(Outcome.OK, Outcome.TIMEOUT, url) for url in "ab")
    sighting = Sighting(taken=NOW, vantage="", listed=("a", "b"), results=results)
    health = fold(None, sighting, POLICY).health

    assert {one.ipv6 for one in health.values()} == {Reach()}
    assert {one.ipv4.up for one in health.values()} == {True}


def test_family_of_somebody() -> None:
    """Where one mirror answers over IPv6, the failure of another is its own."""
    results = (
        seen(Outcome.OK, Outcome.OK, "a"),
        seen(Outcome.OK, Outcome.REFUSED, "b"),
    )
    sighting = Sighting(taken=NOW, vantage="", listed=("a", "b"), results=results)
    health = fold(None, sighting, POLICY).health

    assert (health["a"].ipv6.up, health["b"].ipv6.up) == (True, False)


def test_our_family_is_lost() -> None:
    """When IPv6 is lost at this end, no mirror is ever said to have lost it."""
    urls = tuple("abcde")
    good = tuple(seen(Outcome.OK, Outcome.OK, url) for url in urls)
    lost = tuple(seen(Outcome.OK, Outcome.TIMEOUT, url) for url in urls)
    snapshot: Snapshot | None = None
    for results in (good, *[lost] * 10):
        sighting = Sighting(taken=NOW, vantage="", listed=urls, results=results)
        snapshot = fold(snapshot, sighting, POLICY)

    assert snapshot
    assert {one.ipv6.up for one in snapshot.health.values()} == {True}


def test_who_answered() -> None:
    """A family counts when somebody answers over it, now or the last time."""
    known = [Health(ipv4=Reach(up=True, streak=-1), ipv6=Reach(up=False, streak=1))]

    assert answered_families([], []) == frozenset()
    assert answered_families(known, []) == {6}
    assert answered_families(known, [seen(Outcome.OK, None)]) == {4, 6}


@given(attempts=st.text("+-n", max_size=20))
def test_one_lost_packet(attempts: str) -> None:
    """One failure never turns a family that is up."""
    before = after(f"{attempts}++")
    failed = reach_after(before, seen(None, Outcome.TIMEOUT), 6, POLICY, FAMILIES)

    assert (before.up, failed.up) == (True, True)
