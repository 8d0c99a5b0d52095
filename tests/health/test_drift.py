"""A mirror that is not the one that it was."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.health import HealthPolicy, Role, Sighting, Witness, advance, fold
from mirrorsel.model import (
    Caution,
    Certificate,
    Drift,
    Health,
    Outcome,
    ProbeResult,
    State,
)

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
POLICY = HealthPolicy(rise=1, fall=3, drift_told=3600)


def probe(
    issuer: str = "", target: str = "", outcome: Outcome = Outcome.OK, minutes: int = 0
) -> ProbeResult:
    """Return a probe that met this issuer and redirect target."""
    end = NOW + timedelta(days=60)
    return ProbeResult(
        url="https://m/",
        at=NOW + timedelta(minutes=minutes),
        outcome=outcome,
        stamp=NOW,
        certificate=Certificate(expiry=end, issuer=issuer) if issuer else None,
        target=target,
    )


def after(*results: ProbeResult, health: Health | None = None) -> Health:
    """Return the belief after some probes."""
    health = health or Health()
    for one in results:
        health = advance(health, one, NOW, POLICY)
    return health


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        pytest.param(probe("A"), probe("A"), None, id="the-same"),
        pytest.param(probe("A"), probe("B"), (Caution.ISSUER, "A", "B"), id="issuer"),
        pytest.param(probe(), probe("B"), None, id="first-issuer"),
        pytest.param(probe("A"), probe(), None, id="no-certificate"),
        pytest.param(probe(), probe("", "t"), (Caution.TARGET, "", "t"), id="target"),
        pytest.param(
            probe("", "t"), probe(), (Caution.TARGET, "t", ""), id="itself-again"
        ),
        pytest.param(
            probe("A", "t"),
            probe("B", "u"),
            (Caution.TARGET, "t", "u"),
            id="another-host-has-another-issuer",
        ),
        pytest.param(
            probe("A"),
            replace(probe("B"), outcome=Outcome.STATUS),
            None,
            id="not-on-failure",
        ),
    ],
)
def test_drift(
    before: ProbeResult, now: ProbeResult, expected: tuple[str, ...] | None
) -> None:
    """Another issuer or target than the last good one's is told of."""
    drift = after(before, now).drift

    assert expected == (drift and (drift.caution, drift.before, drift.after))


def test_first_target_is_no_drift() -> None:
    """Before the first good probe there is nothing to compare with."""
    bad = probe("A", outcome=Outcome.STATUS)

    assert after(probe("B", "t")).drift is None
    assert after(bad, probe("B", "t")).drift is None


def test_baseline_moves() -> None:
    """A drift is told of once, and what is new is what counts from then on."""
    health = after(probe("A"), probe("B"), probe("B", minutes=5))

    assert health.drift == Drift(caution=Caution.ISSUER, at=NOW, before="A", after="B")
    assert health.certificate == probe("B").certificate


def test_drift_is_dropped() -> None:
    """After its time a drift is no longer told of, be the mirror good or not."""
    late = probe("B", minutes=60)
    drifted = after(probe("A"), probe("B"))

    assert after(late, health=drifted).drift is None
    assert after(replace(late, outcome=Outcome.DNS), health=drifted).drift is None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(
            probe("B", outcome=Outcome.BAD_HASH),
            "the certificate is now of B, not A, and the content is wrong:"
            " wrong content",
            id="issuer",
        ),
        pytest.param(
            probe("A", "ads", outcome=Outcome.SOFT_404),
            "it is now answered by ads, not by its own host, and the content is wrong:"
            " web page in place of a file",
            id="target",
        ),
        pytest.param(probe("A", outcome=Outcome.BAD_HASH), "", id="only-content"),
        pytest.param(probe("B"), "", id="only-issuer"),
        pytest.param(probe("B", outcome=Outcome.MISSING), "", id="missing"),
        pytest.param(probe("B", outcome=Outcome.STATUS), "", id="status"),
        pytest.param(probe("B", outcome=Outcome.BAD_STAMP), "x", id="bad-stamp"),
        pytest.param(probe("B", outcome=Outcome.BAD_SIZE), "x", id="bad-size"),
        pytest.param(probe("B", outcome=Outcome.ENCODED), "x", id="encoded"),
    ],
)
def test_quarantine(now: ProbeResult, expected: str) -> None:
    """Wrong content from somebody else takes a mirror down at once."""
    health = after(probe("A"), now)

    assert bool(expected) == bool(health.quarantine)
    assert expected in {"x", health.quarantine}
    assert (health.state is State.DOWN) == bool(expected)


def test_never_good_is_never_quarantined() -> None:
    """A mirror without a good past has nothing that could have been taken over."""
    bad = probe("A", "t", outcome=Outcome.BAD_HASH)

    assert after(bad, replace(bad, target="u")).quarantine == ""


@pytest.mark.parametrize(
    ("habit", "now", "held"),
    [
        pytest.param("t", probe("A", "u", outcome=Outcome.BAD_HASH), False, id="same"),
        pytest.param("", probe("A", "u", outcome=Outcome.BAD_HASH), True, id="none"),
        pytest.param("t", probe("B", "t", outcome=Outcome.BAD_HASH), True, id="other"),
    ],
)
def test_a_habit_is_no_ground_for_quarantine(
    habit: str, now: ProbeResult, *, held: bool
) -> None:
    """Who redirects now here, now there, is broken like others when it is broken."""
    health = after(probe("A"), probe("A", habit), now)

    assert held == bool(health.quarantine)


def test_nothing_that_a_mirror_does_lifts_it() -> None:
    """Good probes are counted, and change neither the state nor the baseline."""
    held = after(probe("A"), probe("B", outcome=Outcome.BAD_HASH))
    good = after(*[probe("B", "t", minutes=n) for n in range(9)], health=held)

    assert (good.state, good.streak, good.since) == (State.DOWN, 9, held.since)
    assert (good.quarantine, good.drift) == (held.quarantine, None)
    assert good.certificate == probe("A").certificate
    assert good.target == ""


def test_operator_lifts_it() -> None:
    """A mirror that is out of the list for a cycle starts anew."""

    def cycle(*results: ProbeResult, listed: bool = True) -> Sighting:
        urls = ("https://m/",) if listed else ()
        origin = Witness(role=Role.ORIGIN, result=probe())
        return Sighting(
            taken=NOW, vantage="", listed=urls, results=results, witnesses=(origin,)
        )

    held = fold(None, cycle(probe("A")), POLICY)
    held = fold(held, cycle(probe("B", outcome=Outcome.BAD_HASH)), POLICY)
    away = fold(held, cycle(listed=False), POLICY)
    back = fold(away, cycle(probe("B")), POLICY)

    assert held.health["https://m/"].quarantine
    assert away.health == {}
    assert (back.health["https://m/"].state, back.health["https://m/"].quarantine) == (
        State.UP,
        "",
    )


probes = st.builds(
    probe, st.sampled_from("AB"), st.sampled_from("tu"), st.sampled_from(Outcome)
)


@given(results=st.lists(probes, max_size=12))
def test_quarantine_is_for_ever(results: list[ProbeResult]) -> None:
    """Once in quarantine, a mirror is down whatever follows."""
    health, held = Health(), ""
    for one in results:
        health = after(one, health=health)
        held = held or health.quarantine

        assert health.quarantine == held
        assert not held or health.state is State.DOWN
