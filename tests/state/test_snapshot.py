"""The snapshot file."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.errors import StateError
from mirrorsel.model import Health, Outcome, Snapshot, State
from mirrorsel.state import read_snapshot, write_snapshot

NOW = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)

times = st.datetimes(timezones=st.just(UTC))
healths = st.builds(
    Health,
    state=st.sampled_from(State),
    since=st.none() | times,
    streak=st.integers(-9, 9),
    stamp=st.none() | times,
    outcome=st.none() | st.sampled_from(Outcome),
    detail=st.text(st.characters(codec="utf-8")),
    seconds=st.floats(0, 100),
)
snapshots = st.builds(
    Snapshot,
    taken=times,
    origin=healths,
    frozen_since=st.none() | times,
    health=st.dictionaries(st.text(st.characters(codec="utf-8")), healths),
)


@given(snapshot=snapshots)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, snapshot: Snapshot
) -> None:
    """A snapshot comes back as it was written."""
    path = tmp_path_factory.getbasetemp() / "snapshot"
    write_snapshot(path, snapshot)

    assert snapshot == read_snapshot(path)


def test_any_zone_is_read(tmp_path: Path) -> None:
    """A snapshot from a program that writes another zone has the same times."""
    path = tmp_path / "snapshot"
    write_snapshot(path, Snapshot(taken=NOW.astimezone(timezone(timedelta(hours=2)))))

    assert read_snapshot(path).taken == NOW


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "is damaged", id="empty"),
        pytest.param(b'{"format":1,"snap', "is damaged", id="cut"),
        pytest.param(b"\xff\xfe", "is damaged", id="not-text"),
        pytest.param(b"[]", "is damaged", id="not-an-object"),
        pytest.param(b"{}", "is damaged", id="without-format"),
        pytest.param(b'{"format":3}', "has the format 3", id="of-tomorrow"),
        pytest.param(b'{"format":2,"snapshot":{}}', "is damaged", id="without-time"),
        pytest.param(
            b'{"format":2,"snapshot":{"taken":"2026-11-23T12:00:00"}}',
            "a time without its zone",
            id="without-zone",
        ),
        pytest.param(
            b'{"format":2,"snapshot":{"taken":"2026-11-23T12:00:00Z",'
            b'"health":{"u":{"state":"ill"}}}}',
            "is damaged",
            id="unknown-state",
        ),
    ],
)
def test_bad_snapshots(tmp_path: Path, content: bytes, message: str) -> None:
    """What is not a whole snapshot of a known format is never misread."""
    path = tmp_path / "snapshot"
    path.write_bytes(content)
    with pytest.raises(StateError, match=message):
        read_snapshot(path)


def test_missing_snapshot(tmp_path: Path) -> None:
    """A snapshot that is not there is told with its path."""
    path = tmp_path / "snapshot"
    with pytest.raises(StateError) as caught:
        read_snapshot(path)

    assert str(caught.value) == f"{path}: cannot be read: No such file or directory"
