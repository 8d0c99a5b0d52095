"""Tests for mirrorsel.net.tree_flat: a whole tree that comes in one list."""

import tracemalloc

import pytest

from mirrorsel.listing import Coverage, ListedFile
from mirrorsel.listing.rsync import read_line
from mirrorsel.net import Reach
from mirrorsel.net.pace import Pace, StopError
from mirrorsel.net.tree_flat import FlatTree
from mirrorsel.net.tree_walk import Wanted
from tests.listing import forms


def wanted(coverage: Coverage, seen: list[ListedFile] | None = None) -> Wanted:
    """Return that all is wanted."""
    return Wanted(
        folder=lambda folder: folder != "no",
        seen=(lambda _: None) if seen is None else seen.append,
        coverage=coverage,
    )


def test_files_come_with_their_folders() -> None:
    """A folder is known by what lies in it, and one that is unwanted is not."""
    coverage, seen = Coverage(), list[ListedFile]()
    tree = FlatTree("p", wanted(coverage, seen), Pace(Reach()))
    for folder in ("", "a", "b/c", "no"):
        tree.put(folder, forms.entry("f", 1))
    tree.put("", forms.entry("empty"))

    assert [] == tree.cover(())
    assert ["p/f", "p/a/f", "p/b/c/f", "p/no/f"] == [one.path for one in seen]
    assert {"p", "p/a", "p/b", "p/b/c", "p/no", "p/empty"} == set(coverage.folders)


def test_what_nobody_wants_is_passed_over() -> None:
    """Nothing is told of it, nor of what is below."""
    coverage, seen = Coverage(), list[ListedFile]()
    tree = FlatTree("", wanted(coverage, seen), Pace(Reach()))
    for folder in ("no", "no/a", "yes"):
        tree.put(folder, forms.entry("f", 1))
    tree.cover(["yes"])

    assert ["yes/f"] == [one.path for one in seen]
    assert {"": ("yes",)} == coverage.folders


def test_depth_and_number_are_bounded() -> None:
    """A list that leads ever deeper, or never ends, is cut."""
    coverage, seen = Coverage(), list[ListedFile]()
    tree = FlatTree("", wanted(coverage, seen), Pace(Reach(depth=2, entries=3)))
    for folder in ("a/b", "a/b/c", "a/b/c/d"):
        tree.put(folder, forms.entry("f", 1))

    assert ["a/b/f"] == [one.path for one in seen]
    with pytest.raises(StopError):
        tree.put("", forms.entry("f", 1))


def test_a_long_list_is_not_kept() -> None:
    """What was told is forgotten: only the folders are kept."""
    coverage = Coverage()
    tree = FlatTree("", wanted(coverage), Pace(Reach()))
    lines = (
        forms.rsync(f"{one // 1000}/file-{one}.tar.gz", forms.entry("f", one))
        for one in range(20000)
    )
    tracemalloc.start()
    for line in lines:
        found = read_line(line)
        assert found is not None
        tree.put(found.folder, found.entry)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    tree.cover(())

    assert 21 == len(coverage.folders)
    # A hundred bytes for each file would be two million.
    assert peak < 200_000
