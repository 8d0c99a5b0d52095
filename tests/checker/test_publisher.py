"""The published list follows the list in force, and the snapshot."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mirrorsel.checker.publisher import Publisher
from mirrorsel.checker.records import Records
from mirrorsel.lists import parse
from mirrorsel.model import Health, Mirror, MirrorList, Snapshot, State
from mirrorsel.state import StateFolder

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ORIGIN = "https://origin.example/"
MIRROR = Mirror(url="https://mirror.example/", country="de")
ONE = MirrorList(mirrors=(MIRROR,), dated=NOW)


@pytest.fixture
def folder(tmp_path: Path) -> StateFolder:
    """Give the place of a state folder."""
    return StateFolder(tmp_path / "state")


@pytest.fixture
def publisher(folder: StateFolder) -> Publisher:
    """Give what publishes there."""
    return Publisher(Records(folder))


def seen(age: timedelta) -> Snapshot:
    """Return what a cycle saw whose only mirror was that old."""
    health = Health(state=State.UP, stamp=NOW - age, checked=NOW)
    return Snapshot(taken=NOW, origin=Health(stamp=NOW), health={MIRROR.url: health})


def test_the_origin_stands_in_for_backup(
    publisher: Publisher, folder: StateFolder
) -> None:
    """A list without Backup is published with the origin as one."""
    publisher.publish(ONE, None, ORIGIN)
    read = parse(folder.published_list.read_text(), None).list
    expected = [(MIRROR.url, False), (ORIGIN, True)]

    assert expected == [(one.url, one.backup) for one in read.mirrors]


def test_a_backup_of_the_list_is_enough(
    publisher: Publisher, folder: StateFolder
) -> None:
    """A list with a Backup is published as it is."""
    own = Mirror(url="https://backup.example/", backup=True)
    publisher.publish(MirrorList(mirrors=(own,), dated=NOW), None, ORIGIN)

    assert ORIGIN not in folder.published_list.read_text()


def test_a_file_without_news_is_left_alone(
    publisher: Publisher, folder: StateFolder
) -> None:
    """A cycle that saw nothing new keeps Last-Modified and ETag as they were."""
    publisher.publish(ONE, seen(timedelta(hours=1)), ORIGIN)
    before = folder.published_list.stat()
    publisher.publish(ONE, seen(timedelta(hours=1)), ORIGIN)
    after = folder.published_list.stat()

    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


@pytest.mark.parametrize(
    ("mirrors", "snapshot", "origin"),
    [
        pytest.param(ONE, seen(timedelta(hours=2)), ORIGIN, id="a newer stamp"),
        pytest.param(MirrorList(mirrors=()), None, ORIGIN, id="an edit"),
        pytest.param(ONE, None, "https://other.example/", id="another origin"),
    ],
)
def test_news_are_published(
    publisher: Publisher,
    folder: StateFolder,
    mirrors: MirrorList,
    snapshot: Snapshot | None,
    origin: str,
) -> None:
    """Whatever the list is made of may change it."""
    publisher.publish(ONE, None, ORIGIN)
    before = folder.published_list.read_bytes()
    publisher.publish(mirrors, snapshot, origin)

    assert before != folder.published_list.read_bytes()


def test_the_same_values_are_not_looked_at_again(
    publisher: Publisher, folder: StateFolder
) -> None:
    """What is called each second costs nothing while nothing changes."""
    publisher.publish(ONE, None, ORIGIN)
    folder.published_list.unlink()
    publisher.publish(ONE, None, ORIGIN)

    assert not folder.published_list.exists()


def test_a_folder_that_cannot_be_made_is_told(
    folder: StateFolder, caplog: pytest.LogCaptureFixture
) -> None:
    """A file in the way is a line in the log, and not the end of the checker."""
    records = Records(folder)
    folder.published_list.parent.write_text("in the way")
    with caplog.at_level(logging.ERROR):
        Publisher(records).publish(ONE, None, ORIGIN)

    assert caplog.messages == [
        f"{folder.published_list}: cannot be written: Not a directory"
    ]
