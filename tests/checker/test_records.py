"""What the checker leaves in the state folder."""

import logging
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mirrorsel.checker.cycle import Cycle
from mirrorsel.checker.records import Records
from mirrorsel.health import Change
from mirrorsel.model import Health, Outcome, ProbeResult, Snapshot, State
from mirrorsel.state import (
    CycleSummary,
    StateFolder,
    append_probe,
    read_history,
    read_journal,
    read_probes,
    read_snapshot,
)

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://mirror.example/"
NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> StateFolder:
    """Give the place of a state folder."""
    return StateFolder(tmp_path / "state")


def cycle(at: datetime) -> Cycle:
    """Return a cycle in which the only mirror went down."""
    result = ProbeResult(url=URL, at=at, outcome=Outcome.DNS, detail="gone")
    change = Change(
        url=URL,
        at=at,
        before=State.UP,
        after=State.DOWN,
        stale=False,
        outcome=Outcome.DNS,
        detail="gone",
    )
    return Cycle(
        snapshot=Snapshot(taken=at, health={URL: Health(state=State.DOWN)}),
        changes=(change,),
        summary=CycleSummary(at=at, seconds=1.0, probed=1, good=0, frozen=False),
        results=(result,),
        origin=ProbeResult(url="https://origin.example/", at=at, outcome=Outcome.OK),
    )


def test_all_of_a_cycle_is_kept(folder: StateFolder) -> None:
    """A cycle leaves a snapshot, lines of the journal, a history and logs."""
    seen = cycle(NOW)
    Records(folder).keep_cycle(seen)
    track = read_history(folder.history).tracks[URL]

    assert seen.snapshot == read_snapshot(folder.snapshot)
    assert (*seen.changes, seen.summary) == read_journal(folder.journal)
    assert ("d", seen.changes) == (track.hours, track.changes)
    assert seen.results == read_probes(folder.probes, URL)


def test_the_history_outlives_the_checker(folder: StateFolder) -> None:
    """The next checker goes on where the one before it ended, not where it began."""
    waiting = Records(folder)
    Records(folder).keep_cycle(cycle(NOW))
    waiting.keep_cycle(cycle(NOW + HOUR))
    history = read_history(folder.history)

    assert "dd" == history.tracks[URL].hours
    assert {Outcome.DNS: 2} == history.outcomes


def test_broken_history(folder: StateFolder, caplog: pytest.LogCaptureFixture) -> None:
    """A history that cannot be used is told once, and begun anew."""
    records = Records(folder)
    folder.history.write_text("{}")
    for number in range(2):
        records.keep_cycle(cycle(NOW + number * HOUR))

    assert 1 == caplog.text.count("begun anew")
    assert "dd" == read_history(folder.history).tracks[URL].hours


def test_missing_history(folder: StateFolder, caplog: pytest.LogCaptureFixture) -> None:
    """A first start is nothing to tell of."""
    Records(folder).keep_cycle(cycle(NOW))

    assert [] == caplog.records


def test_logs_are_cleared_once_a_day(folder: StateFolder) -> None:
    """Logs of mirrors that left the list go, with at most one look a day."""
    records = Records(folder)
    records.keep_cycle(cycle(NOW))
    gone = "https://gone.example/"
    append_probe(folder.probes, ProbeResult(url=gone, at=NOW, outcome=Outcome.OK))
    for log in folder.probes.iterdir():
        os.utime(log, (0, 0))

    records.keep_cycle(cycle(NOW + HOUR))
    assert 2 == len(list(folder.probes.iterdir()))
    records.keep_cycle(cycle(NOW + 25 * HOUR))
    assert 1 == len(list(folder.probes.iterdir()))


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nothing be written in a folder."""
    folder.chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(os.getuid())
        folder.chmod(0o755)


@contextmanager
def full_disk(_: Path) -> Iterator[None]:
    """Let no file grow, as on a disk without a free block."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("trouble", [read_only, full_disk])
def test_what_cannot_be_written(
    folder: StateFolder,
    caplog: pytest.LogCaptureFixture,
    trouble: Callable[[Path], AbstractContextManager[None]],
) -> None:
    """Each thing that cannot be written is told once, and so is when it can again."""
    caplog.set_level(logging.INFO)
    records = Records(folder)
    with trouble(folder.path):
        for _ in range(2):
            records.keep_cycle(cycle(NOW))
    errors = [one for one in caplog.records if one.levelno == logging.ERROR]
    records.keep_cycle(cycle(NOW + HOUR))

    assert 4 <= len(errors) <= 5
    assert len(errors) == caplog.text.count("can be written again")
    assert read_snapshot(folder.snapshot).taken == NOW + HOUR
    assert "dd" == read_history(folder.history).tracks[URL].hours
    assert 1 <= len(read_probes(folder.probes, URL))
