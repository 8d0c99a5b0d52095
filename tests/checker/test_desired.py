"""The list that is in force."""

from pathlib import Path

import pytest

from mirrorsel.checker.desired import Desired
from mirrorsel.checker.records import Records
from mirrorsel.state import StateFolder


class Clock:
    """A clock on which a settled second passes between two looks."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        self._now += 2
        return self._now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a list of one mirror."""
    path = tmp_path / "mirrors.list"
    path.write_text("http de https://one.example/ -\n")
    return path


@pytest.fixture
def desired(path: Path) -> Desired:
    """Give the list in force."""
    folder = StateFolder(path.parent / "state")
    records = Records(folder)
    return Desired(path, folder.last_good_list, records, clock=Clock())


def urls(desired: Desired) -> list[str]:
    """Return the URLs of the list in force."""
    return [one.url for one in desired.mirrors.mirrors]


def poll(desired: Desired) -> list[str]:
    """Look until a change has settled."""
    desired.poll()
    desired.poll()
    return urls(desired)


def test_good_edit_counts(path: Path, desired: Desired) -> None:
    """A good edit is in force, and kept, once it has settled."""
    path.write_text("http de https://two.example/ -\n")
    kept = path.parent / "state" / "last-good.list"

    assert poll(desired) == ["https://two.example/"]
    assert kept.read_bytes() == path.read_bytes()


def test_bad_edit_does_not_count(path: Path, desired: Desired) -> None:
    """A bad edit leaves the list in force, and the copy, as they were."""
    before = path.read_bytes()
    path.write_text("nonsense\n")
    kept = path.parent / "state" / "last-good.list"

    assert poll(desired) == ["https://one.example/"]
    assert kept.read_bytes() == before


def test_deletion_does_not_count(path: Path, desired: Desired) -> None:
    """A list that is gone stays in force."""
    path.unlink()

    assert poll(desired) == ["https://one.example/"]


def test_shape_of_a_long_list(path: Path, desired: Desired) -> None:
    """Growing is no reason for alarm, nor is losing half."""
    path.write_text("http de https://a.example/ -\nhttp de https://b.example/ -\n")
    grown = poll(desired)
    path.write_text("http de https://a.example/ -\n")

    assert (len(grown), poll(desired)) == (2, ["https://a.example/"])
