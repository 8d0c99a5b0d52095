"""Copies follow their originals, and outlive them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mirrorsel.errors import InputError, Problem
from mirrorsel.httpd.follow import Follower, Pair


def _check(path: Path) -> None:
    """Accept all but what begins with `!`, and stumble over `?`."""
    text = path.read_text()
    if text.startswith("!"):
        wrong = Problem(message="is wrong", line=1), Problem(message="more", line=2)
        raise InputError(path, *wrong)
    if text.startswith("?"):
        raise ValueError(text)


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    """Return an original and the place of its copy, in different folders."""
    (tmp_path / "home").mkdir()
    original = tmp_path / "mirrors.list"
    original.write_text("first\n")
    return Pair(
        original=original, copy=tmp_path / "home" / "mirrors.list", check=_check
    )


def test_the_first_poll_copies(pair: Pair) -> None:
    """The copy has the content and the time of change, and is its owner's alone."""
    os.utime(pair.original, ns=(1, 1_600_000_000_123_456_789))
    pair.original.chmod(0o644)

    assert Follower((pair,)).poll() == ()

    about = pair.copy.stat()

    assert pair.copy.read_text() == "first\n"
    assert about.st_mtime_ns == 1_600_000_000_123_456_789
    assert about.st_mode & 0o777 == 0o600


def _rewrite(original: Path) -> None:
    original.write_text("second, longer\n")


def _rename_over(original: Path) -> None:
    other = original.with_name("other")
    other.write_text("second, longer\n")
    other.replace(original)


def _switch_link(original: Path) -> None:
    other = original.with_name("other")
    other.write_text("second, longer\n")
    original.unlink()
    original.symlink_to(other)


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(_rewrite, id="rewritten in place"),
        pytest.param(_rename_over, id="renamed over"),
        pytest.param(_switch_link, id="switched by symlink"),
    ],
)
def test_an_edit_is_copied_whole(pair: Pair, edit: Callable[[Path], None]) -> None:
    """However a file is edited, its copy becomes another file in one step."""
    follower = Follower((pair,))
    follower.poll()
    before = pair.copy.stat().st_ino
    edit(pair.original)

    assert follower.poll() == ()
    assert pair.copy.read_text() == "second, longer\n"
    assert pair.copy.stat().st_ino != before


def test_what_has_not_changed_is_left_alone(pair: Pair) -> None:
    """Polling writes nothing when nothing has changed."""
    follower = Follower((pair,))
    follower.poll()
    before = pair.copy.stat().st_ctime_ns
    follower.poll()

    assert pair.copy.stat().st_ctime_ns == before


def test_a_vanished_original_leaves_its_copy(pair: Pair) -> None:
    """The last good copy stays, and the loss is told once."""
    follower = Follower((pair,))
    follower.poll()
    pair.original.unlink()
    message = f"{pair.original}: cannot be copied: No such file or directory"

    assert [follower.poll(), follower.poll()] == [(message,), ()]
    assert pair.copy.read_text() == "first\n"


def test_an_original_that_comes_back_is_copied(pair: Pair) -> None:
    """After a loss the next version counts, and a second loss is told again."""
    follower = Follower((pair,))
    pair.original.unlink()
    follower.poll()
    pair.original.write_text("back\n")

    assert follower.poll() == ()
    assert pair.copy.read_text() == "back\n"

    pair.original.unlink()

    assert len(follower.poll()) == 1


def test_a_copy_that_cannot_be_written_leaves_nothing(pair: Pair) -> None:
    """When the copy's place is taken by a folder, no temporary file stays."""
    pair.copy.mkdir()
    (message,) = Follower((pair,)).poll()

    assert message.startswith(f"{pair.original}: cannot be copied: ")
    assert [one.name for one in pair.copy.parent.iterdir()] == ["mirrors.list"]


def test_a_group_may_read(pair: Pair) -> None:
    """With a group named, it can read the copy, and nobody else can."""
    Follower((pair,), os.getegid()).poll()
    about = pair.copy.stat()

    assert (about.st_mode & 0o777, about.st_gid) == (0o640, os.getegid())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("!", ":1: is wrong and 1 more; it was not copied", id="wrong"),
        pytest.param(
            "?", ": cannot be checked: ValueError: ?; it was not copied", id="mistake"
        ),
    ],
)
def test_what_cannot_be_used_is_not_copied(pair: Pair, text: str, message: str) -> None:
    """The last good copy stays, and it is told once in one line."""
    follower = Follower((pair,))
    follower.poll()
    pair.original.write_text(text)

    assert [follower.poll(), follower.poll()] == [(f"{pair.original}{message}",), ()]
    assert pair.copy.read_text() == "first\n"
    assert [one.name for one in pair.copy.parent.iterdir()] == ["mirrors.list"]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(os.mkfifo, "it is not an ordinary file", id="named pipe"),
        pytest.param(
            lambda path: path.symlink_to("/dev/zero"),
            "it is not an ordinary file",
            id="endless device",
        ),
        pytest.param(
            lambda path: path.write_bytes(bytes(2**20 + 1)),
            "it is larger than 1 MiB",
            id="too large",
        ),
    ],
)
def test_what_is_no_file_is_not_waited_for(
    pair: Pair, make: Callable[[Path], object], message: str
) -> None:
    """A pipe, a device and a file without end are told at once."""
    pair.original.unlink()
    make(pair.original)

    expected = f"{pair.original}: cannot be copied: {message}"

    assert Follower((pair,)).poll() == (expected,)
