"""The time against which stamps are held."""

from datetime import UTC, datetime, timedelta

import pytest

from mirrorsel.health import HealthPolicy, is_stale, reference
from mirrorsel.model import Health, Snapshot

NOW = datetime(2026, 11, 23, tzinfo=UTC)
EARLIER = NOW - timedelta(days=3)


@pytest.mark.parametrize(
    ("snapshot", "dated", "expected"),
    [
        pytest.param(
            Snapshot(taken=NOW, origin=Health(stamp=EARLIER)),
            NOW,
            EARLIER,
            id="the-origin",
        ),
        pytest.param(Snapshot(taken=EARLIER), NOW, EARLIER, id="the-snapshot"),
        pytest.param(None, NOW, NOW, id="the-list"),
        pytest.param(None, None, None, id="nothing"),
    ],
)
def test_reference(
    snapshot: Snapshot | None, dated: datetime | None, expected: datetime | None
) -> None:
    """The origin's stamp comes first, then the snapshot's time, then the list's."""
    assert expected == reference(snapshot, dated)


def test_without_reference_all_is_fresh() -> None:
    """What cannot be told counts as fresh."""
    assert not is_stale(EARLIER, None, HealthPolicy(), was_stale=True)
