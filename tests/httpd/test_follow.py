"""Copies follow their originals, and outlive them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mirrorsel.httpd.follow import Follower, Pair


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    """Return an original and the place of its copy, in different folders."""
    (tmp_path / "home").mkdir()
    original = tmp_path / "mirrors.list"
    original.write_text("first\n")
    return Pair(original=original, copy=tmp_path / "home" / "mirrors.list")


def test_the_first_poll_copies(pair: Pair) -> None:
    """The copy has the content and the time of change, and everybody may read it."""
    os.utime(pair.original, ns=(1, 1_600_000_000_123_456_789))
    pair.original.chmod(0o600)

    assert Follower((pair,)).poll() == ()

    about = pair.copy.stat()

    assert pair.copy.read_text() == "first\n"
    assert about.st_mtime_ns == 1_600_000_000_123_456_789
    assert about.st_mode & 0o777 == 0o644


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
