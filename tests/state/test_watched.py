"""A value that is kept equal to a file."""

import gc
import os
from pathlib import Path
from weakref import ReferenceType, ref

import pytest

from mirrorsel.errors import InputError, Problem
from mirrorsel.state import Watched


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def load(path: Path) -> str:
    """Read a text; what begins with `!` cannot be used."""
    try:
        text = path.read_text()
    except OSError as error:
        raise InputError(path, Problem(message="is missing")) from error
    if text.startswith("!"):
        raise InputError(path, Problem(message=text))
    return text


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a file that says one."""
    file = tmp_path / "file"
    file.write_text("one")
    return file


@pytest.fixture
def clock() -> Clock:
    """Give a clock that stands."""
    return Clock()


def state(watched: Watched[str]) -> tuple[str | None, bool]:
    """Return the value, and whether there is an error."""
    return watched.value, watched.error is not None


def test_first_reading_is_at_once(path: Path, clock: Clock) -> None:
    """The value is there from the start, and an untouched file is left alone."""
    watched = Watched(path, load, settle=1, clock=clock)

    assert not watched.poll()
    assert state(watched) == ("one", False)


def test_change_must_settle(path: Path, clock: Clock) -> None:
    """A change counts when it has stood still for the time asked."""
    watched = Watched(path, load, settle=1, clock=clock)
    path.write_text("two and")
    early = watched.poll()
    clock.now += 0.9
    path.write_text("two and three")
    still_early = watched.poll()
    clock.now += 0.9
    not_yet = watched.poll()
    clock.now += 0.1

    assert (early, still_early, not_yet, watched.poll()) == (False, False, False, True)
    assert state(watched) == ("two and three", False)
    assert not watched.poll()


@pytest.mark.parametrize("way", ["rename", "symlink", "in-place"])
def test_ways_to_change(path: Path, clock: Clock, way: str) -> None:
    """A file may be renamed over, switched by a link or written in place."""
    link = path.with_name("link")
    link.symlink_to(path.name)
    watched = Watched(link, load, settle=0, clock=clock)
    other = path.with_name("other")
    other.write_text("two" if way != "in-place" else "")
    if way == "rename":
        other.replace(path)
    elif way == "symlink":
        link.unlink()
        link.symlink_to(other.name)
    else:
        path.write_text("two")
        os.utime(path, ns=(1, 1))

    assert watched.poll()
    assert state(watched) == ("two", False)


def test_bad_version_keeps_value(path: Path, clock: Clock) -> None:
    """A version that cannot be used is told once; the value stays."""
    watched = Watched(path, load, settle=0, clock=clock)
    path.write_text("!no good")

    assert (watched.poll(), watched.poll()) == (True, False)
    assert state(watched) == ("one", True)
    assert str(watched.error) == f"{path}: !no good"


def test_good_version_clears_error(path: Path, clock: Clock) -> None:
    """A good version after a bad one counts."""
    path.write_text("!no good")
    watched = Watched(path, load, settle=0, clock=clock)
    before = state(watched)
    path.write_text("good")
    watched.poll()

    assert (before, state(watched)) == ((None, True), ("good", False))


def test_deletion_keeps_value(path: Path, clock: Clock) -> None:
    """A file that is gone keeps its value and sets an error until it is back."""
    watched = Watched(path, load, settle=0, clock=clock)
    path.unlink()
    gone = watched.poll(), watched.poll(), state(watched)
    path.write_text("back")

    assert gone == (True, False, ("one", True))
    assert watched.poll()
    assert state(watched) == ("back", False)


def test_change_during_reading(path: Path, clock: Clock) -> None:
    """What changes while it is read is read again."""

    def slow(file: Path) -> str:
        text = load(file)
        if text == "two":
            file.write_text("three")
        return text

    watched = Watched(path, slow, settle=0, clock=clock)
    path.write_text("two")

    assert (watched.poll(), watched.value) == (True, "two")
    assert (watched.poll(), watched.value) == (True, "three")


def test_any_failure_keeps_value(path: Path, clock: Clock) -> None:
    """What a reader raises by mistake is an error too, and no end of the watching."""

    def mistaken(file: Path) -> int:
        return int(file.read_text())

    path.write_text("1")
    watched = Watched(path, mistaken, settle=0, clock=clock)
    path.write_text("two")
    read = watched.poll()
    error = watched.error

    assert (True, 1) == (read, watched.value)
    assert isinstance(error, InputError)
    assert isinstance(error.__cause__, ValueError)
    assert "cannot be used: ValueError: " in str(error)


def test_what_changes_while_it_is_read_does_not_count(path: Path, clock: Clock) -> None:
    """Where a file must stand still, that goes for the time of its reading too."""
    halves = iter(["half of three"])

    def slow(file: Path) -> str:
        text = load(file)
        if half := next(halves if text == "two" else iter(()), None):
            file.write_text(half)
            return f"{text}, {half}"
        return text

    watched = Watched(path, slow, settle=1, clock=clock)
    path.write_text("two")
    watched.poll()
    clock.now += 1
    read = watched.poll()
    torn = state(watched)
    path.write_text("three, whole")
    watched.poll()
    clock.now += 1

    assert (False, ("one", False)) == (read, torn)
    assert (True, "three, whole") == (watched.poll(), watched.value)


def test_a_file_that_cannot_be_read_is_tried_again(path: Path, clock: Clock) -> None:
    """What kept it from being read may pass and leave no trace in the file."""
    closed = [True]

    def fickle(file: Path) -> str:
        if closed and file.read_text() == "two":
            raise InputError(file, Problem(message="cannot be read: too many files"))
        return load(file)

    watched = Watched(path, fickle, settle=0, clock=clock)
    path.write_text("two")
    first = watched.poll(), state(watched)
    clock.now += 5
    again = watched.poll(), state(watched)
    closed.clear()
    soon = watched.poll()
    clock.now += 5

    assert (True, ("one", True)) == first
    assert (False, ("one", True)) == again
    assert (False, True) == (soon, watched.poll())
    assert ("two", False) == state(watched)


def test_a_file_with_an_error_in_it_is_not_read_again(path: Path, clock: Clock) -> None:
    """Nothing but a change of it can mend that."""
    readings = []

    def wrong(file: Path) -> str:
        readings.append(file)
        raise InputError(file, Problem(message="is wrong", line=3))

    watched = Watched(path, wrong, settle=0, clock=clock)
    clock.now += 100

    assert not watched.poll()
    assert 1 == len(readings)


def test_a_failed_reading_is_gone_at_once(path: Path) -> None:
    """What was read of a file that cannot be used is not kept with the error."""
    held: list[ReferenceType[set[str]]] = []

    def fail(path: Path) -> int:
        read = {path.read_text()}
        held.append(ref(read))
        try:
            return int(read.pop())
        except ValueError as error:
            raise InputError(path, Problem(message="is no number")) from error

    gc.disable()
    try:
        watched = Watched(path, fail, settle=0)
        path.write_text("another")
        assert watched.poll()
        assert [one() for one in held] == [None, None]
    finally:
        gc.enable()
