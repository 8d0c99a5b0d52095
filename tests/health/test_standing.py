"""What a mirror is to those who download."""

import pytest

from mirrorsel.health import Standing, standing
from mirrorsel.model import Health, State


@pytest.mark.parametrize(
    ("health", "expected"),
    [
        pytest.param(Health(), Standing.UNKNOWN, id="never probed"),
        pytest.param(Health(stale=True), Standing.UNKNOWN, id="not yet known"),
        pytest.param(Health(state=State.UP), Standing.UP, id="up"),
        pytest.param(Health(state=State.UP, stale=True), Standing.STALE, id="stale"),
        pytest.param(Health(state=State.DOWN), Standing.DOWN, id="down"),
        pytest.param(
            Health(state=State.DOWN, stale=True),
            Standing.DOWN,
            id="down and stale",
        ),
        pytest.param(
            Health(state=State.DOWN, quarantine="x"),
            Standing.QUARANTINED,
            id="quarantined",
        ),
    ],
)
def test_standing(health: Health, expected: Standing) -> None:
    """What is worst of a mirror is how it stands."""
    assert expected is standing(health)
