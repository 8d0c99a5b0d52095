"""Which cycles are believed."""

from datetime import UTC, datetime

import pytest

from mirrorsel.health import HealthPolicy, is_believable
from mirrorsel.model import Health, Outcome, ProbeResult, State

NOW = datetime(2026, 11, 23, tzinfo=UTC)
POLICY = HealthPolicy(freeze_share=0.9)


def result(url: str, outcome: Outcome) -> ProbeResult:
    """Return a probe with this end."""
    return ProbeResult(url=url, at=NOW, outcome=outcome)


@pytest.mark.parametrize(
    ("origin", "outcomes", "down", "expected"),
    [
        pytest.param("ok", ["refused"] * 10, 0, True, id="the-origin-answers"),
        pytest.param("dns", ["dns"] * 10, 0, False, id="nothing-is-reached"),
        pytest.param("dns", ["dns"] * 10, 10, False, id="nothing-though-all-down"),
        pytest.param("tls", ["tls"] * 10, 0, False, id="all-fail-otherwise"),
        pytest.param("tls", ["tls"] * 10, 10, True, id="none-to-judge-by"),
        pytest.param("dns", ["ok"] + ["dns"] * 9, 0, False, id="nearly-all"),
        pytest.param("dns", ["ok"] * 2 + ["dns"] * 8, 0, True, id="fewer"),
        pytest.param("dns", ["dns"] * 8 + ["ok"] * 2, 8, True, id="those-were-down"),
        pytest.param("dns", [], 0, True, id="no-mirror"),
        pytest.param("status", ["dns"], 0, False, id="one-mirror"),
    ],
)
def test_is_believable(
    origin: str,
    outcomes: list[str],
    down: int,
    expected: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """When nearly all fail at once, the origin too, our own network is to blame."""
    results = [result(str(n), Outcome(one)) for n, one in enumerate(outcomes)]
    previous = {str(n): Health(state=State.DOWN) for n in range(down)}
    canary = result("origin", Outcome(origin))

    assert expected == is_believable(canary, results, previous, POLICY)
    assert expected == is_believable(canary, results[::-1], previous, POLICY)
