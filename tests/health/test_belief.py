"""Which cycles are believed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.health import (
    HealthPolicy,
    Role,
    Sighting,
    Witness,
    is_believable,
    is_vouched,
)
from mirrorsel.model import Health, Outcome, ProbeResult, Snapshot, State

NOW = datetime(2026, 11, 23, tzinfo=UTC)
POLICY = HealthPolicy(freeze_share=0.9)
ROLES = {"o": Role.ORIGIN, "c": Role.CANARY, "s": Role.SPARE}


def result(url: str, outcome: str) -> ProbeResult:
    """Return a probe with this end."""
    return ProbeResult(url=url, at=NOW, outcome=Outcome(outcome))


def asked(text: str) -> tuple[Witness, ...]:
    """Return the witnesses of a text as "o-dns c-ok"."""
    pairs = (one.split("-") for one in text.split())
    return tuple(
        Witness(role=ROLES[role], result=result(role, outcome))
        for role, outcome in pairs
    )


def known(down: int = 0, failing: int = 0, *, frozen: bool = False) -> Snapshot:
    """Return a snapshot of which the first mirrors are down, the last failing."""
    lost = {str(n): Health(state=State.DOWN, streak=-9) for n in range(down)}
    late = {str(9 - n): Health(state=State.UP, streak=-1) for n in range(failing)}
    since = NOW if frozen else None
    return Snapshot(taken=NOW, health=lost | late, frozen_since=since)


def seen(outcomes: list[str], witnesses: str) -> Sighting:
    """Return a sighting of the first of ten mirrors."""
    return Sighting(
        taken=NOW,
        vantage="",
        listed=tuple(map(str, range(10))),
        results=tuple(result(str(n), one) for n, one in enumerate(outcomes)),
        witnesses=asked(witnesses),
    )


@pytest.mark.parametrize(
    ("witnesses", "outcomes", "previous", "expected"),
    [
        pytest.param("", ["ok"] * 10, known(), True, id="nothing-failed"),
        pytest.param("o-ok", ["refused"] * 10, known(), True, id="the-origin-answers"),
        pytest.param("o-dns", ["dns"] * 10, known(), False, id="nothing-is-reached"),
        pytest.param("o-dns", ["dns"] * 10, known(10), False, id="though-all-are-down"),
        pytest.param("o-tls", ["tls"] * 10, known(), False, id="all-fail-otherwise"),
        pytest.param("o-tls", ["tls"] * 10, known(10), True, id="none-to-judge-by"),
        pytest.param("o-dns", ["ok"] + ["dns"] * 9, known(), False, id="nearly-all"),
        pytest.param("o-dns", ["ok"] * 2 + ["dns"] * 8, known(), True, id="fewer"),
        pytest.param(
            "o-dns", ["dns"] * 8 + ["ok"] * 2, known(8), True, id="those-were-down"
        ),
        pytest.param("o-status", ["dns"], known(), False, id="one-mirror"),
        pytest.param("o-dns", ["status"], known(), True, id="one-that-was-reached"),
        pytest.param(
            "o-dns", ["status"], known(failing=8), False, id="the-last-of-many"
        ),
        pytest.param(
            "o-dns", ["status", "ok"], known(failing=7), True, id="one-too-few"
        ),
        pytest.param("o-dns s-ok", ["dns"], known(), True, id="a-spare-answers"),
        pytest.param("c-ok", ["dns"] * 10, known(), True, id="a-canary-answers"),
        pytest.param(
            "o-dns c-dns c-ok", ["dns"] * 10, known(), True, id="one-canary-will-do"
        ),
        pytest.param(
            "o-ok c-dns", ["dns"] * 10, known(), False, id="only-the-origin-beside-us"
        ),
        pytest.param(
            "o-ok c-dns s-ok", ["dns"], known(), True, id="a-spare-in-spite-of-canaries"
        ),
        pytest.param(
            "o-dns s-tls", ["status"], known(), False, id="a-network-that-answers-all"
        ),
        pytest.param(
            "o-dns s-tls", ["status", "ok"], known(), True, id="some-of-it-is-good"
        ),
        pytest.param("", ["defect"] * 10, known(), True, id="defects-tell-nothing"),
        pytest.param("o-dns", ["no_client"], known(), True, id="nor-missing-programs"),
        pytest.param("", [], known(), True, id="nothing-was-due"),
        pytest.param("o-dns", [], known(), True, id="only-the-origin-was-due"),
        pytest.param(
            "o-dns s-dns", [], known(frozen=True), False, id="a-freeze-goes-on"
        ),
        pytest.param("s-ok", [], known(frozen=True), True, id="a-freeze-ends"),
        pytest.param(
            "o-ok c-dns", [], known(frozen=True), False, id="not-by-the-origin-alone"
        ),
        pytest.param(
            "", ["defect"], known(frozen=True), False, id="a-defect-ends-no-freeze"
        ),
    ],
)
def test_is_believable(
    witnesses: str,
    outcomes: list[str],
    previous: Snapshot,
    expected: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """When much fails and nobody vouches, our own network is to blame."""
    assert expected == is_believable(previous, seen(outcomes, witnesses), POLICY)


def test_without_mirrors() -> None:
    """Where nothing is listed there is nothing to be careful with."""
    empty = Sighting(taken=NOW, vantage="", listed=(), results=())

    assert is_believable(known(frozen=True), empty, POLICY)


outcomes_ = st.sampled_from([one.value for one in Outcome])


@given(outcomes=st.lists(outcomes_, max_size=10), down=st.integers(0, 10))
def test_voucher_settles_it(outcomes: list[str], down: int) -> None:
    """Whatever was seen, a mirror that answers somewhere vouches for it."""
    sighting = seen(outcomes, "o-dns c-dns s-ok")

    assert is_believable(known(down, frozen=True), sighting, POLICY)


@given(
    failed=st.lists(
        st.sampled_from(["dns", "refused", "timeout", "deadline", "no_route"]),
        min_size=1,
        max_size=10,
    ),
    down=st.integers(0, 10),
)
def test_lost_network_is_never_believed(failed: list[str], down: int) -> None:
    """A machine without a network blames nobody, be it one mirror or all."""
    assert not is_believable(known(down), seen(failed, "o-dns c-dns s-dns"), POLICY)


@given(text=st.lists(st.sampled_from(["o-ok", "o-dns", "c-ok", "c-dns", "s-ok"])))
def test_order_of_witnesses_does_not_matter(text: list[str]) -> None:
    """Witnesses are believed in any order."""
    there, back = asked(" ".join(text)), asked(" ".join(reversed(text)))

    assert is_vouched(there) == is_vouched(back)
