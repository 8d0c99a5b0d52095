"""What a walk has seen, held against the store."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mirrorsel.indexing.due import Due
from mirrorsel.indexing.sign import Sign
from mirrorsel.indexing.store import Facts, Store
from mirrorsel.indexing.survey import Survey
from mirrorsel.indexing.walk import Seen, Visited
from tests.indexing.stored import published

PATHS = ("a/1", "a/b/2", "a/b/c/3", "a0/4", "ab/5", "6")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give a store of a few files."""
    with closing(Store(tmp_path / "work", "/t")) as store:
        for n, path in enumerate(PATHS):
            store.put(path, Facts(1, 1), sign=Sign(1, n, 1, 1))
        yield store


def gone(store: Store, *visited: Visited) -> set[str]:
    """Return the paths that are gone after a walk has seen so much."""
    due = Due(store.database)
    Survey(store, due, lambda _: None).run(visited)
    numbers = {one for some in due.gone() for one in some}
    return {one.path for one in published(store).files() if one.number in numbers}


def test_a_fault_hides_what_is_below(store: Store) -> None:
    """What is in a folder that cannot be read now, and below, is not gone."""
    root = Visited("", (Seen("6", 1, Sign(1, 5, 1, 1)),))

    assert gone(store, root, Visited("a", None)) == {"a0/4", "ab/5"}
    assert gone(store, root) == set(PATHS) - {"6"}


def test_a_fault_below(store: Store) -> None:
    """What lies beside such a folder is seen as it is."""
    root, folder = Visited("", ()), Visited("a", ())

    found = gone(store, root, folder, Visited("a/b", None))

    assert found == {"6", "a/1", "a0/4", "ab/5"}


@pytest.mark.parametrize(
    ("seen", "due"),
    [
        pytest.param(Seen("6", 1, Sign(1, 5, 1, 1)), 0, id="unchanged"),
        pytest.param(Seen("6", 2, Sign(1, 5, 1, 1)), 1, id="another size"),
        pytest.param(Seen("6", 1, Sign(1, 6, 1, 1)), 1, id="another inode"),
        pytest.param(Seen("6", 1, Sign(1, 5, 2, 1)), 1, id="modified"),
        pytest.param(Seen("6", 1, Sign(1, 5, 1, 2)), 1, id="changed"),
        pytest.param(Seen("7", 1, Sign(1, 5, 1, 1)), 1, id="another name"),
    ],
)
def test_what_is_due(store: Store, seen: Seen, due: int) -> None:
    """A file is read again unless all of its signs are the same."""
    survey = Survey(store, Due(store.database), lambda _: None)

    assert survey.run([Visited("", (seen,))]).due_files == due
