"""The index of published files, from its writer to its readers."""

import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from mirrorsel.errors import StateError
from mirrorsel.indexing.store import Facts, Store
from mirrorsel.model import Pieces
from mirrorsel.tree import FileIndex
from tests.indexing.stored import published
from tests.tree.published import publish

FILES = {"KEYS": b"k", "httpd/a.tar.gz": b"aa", "httpd/b/c.zip": b"c", "x/y": b""}


@contextmanager
def switching_often() -> Iterator[None]:
    """Let threads take turns as often as can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@pytest.fixture
def index(tmp_path: Path) -> FileIndex:
    """Return an index of a few files."""
    publish(tmp_path, FILES)
    return FileIndex(tmp_path / "index" / "files")


@pytest.mark.parametrize("path", FILES)
def test_found(index: FileIndex, path: str) -> None:
    """A file is found by its path, with what is known of it, more than once."""
    for found in (index.find(path), index.find(path)):
        assert found is not None
        assert (found.path, found.size) == (path, len(FILES[path]))
        assert found.sha256 == hashlib.sha256(FILES[path]).digest()


@pytest.mark.parametrize(
    "path", ["", "httpd", "httpd/", "/KEYS", "keys", "x/y/z", "\0", "\ud800"]
)
def test_not_found(index: FileIndex, path: str) -> None:
    """What is no file of the tree is none, whatever it looks like."""
    assert index.find(path) is None


@pytest.mark.parametrize("path", [*FILES, "httpd", "", "/KEYS", "x/y/z", "\ud800"])
def test_has(index: FileIndex, path: str) -> None:
    """Whether there is a file can be asked alone."""
    assert index.has(path) is (path in FILES)


def test_threads_that_forget(tmp_path: Path) -> None:
    """What one thread makes another forget is looked up again."""
    publish(tmp_path, FILES)
    narrow = FileIndex(tmp_path / "index" / "files", remembered=1)
    paths = [*FILES, "nowhere/a", "x/b", "httpd/b/d"]

    def ask(first: int) -> None:
        for number in range(first, first + 4000):
            path = paths[number % len(paths)]
            assert (narrow.find(path) is not None) is (path in FILES)
            assert narrow.is_folder("httpd")
            assert not narrow.is_folder("nowhere")

    with switching_often(), ThreadPoolExecutor(4) as pool:
        for end in [pool.submit(ask, one) for one in range(4)]:
            end.result()


@pytest.mark.parametrize(
    ("folder", "folders", "files"),
    [
        ("", ("httpd", "x"), ["KEYS"]),
        ("httpd", ("b",), ["httpd/a.tar.gz"]),
        ("httpd/b", (), ["httpd/b/c.zip"]),
    ],
)
def test_folder(
    index: FileIndex, folder: str, folders: tuple[str, ...], files: list[str]
) -> None:
    """A folder tells its folders and its files."""
    listing = index.folder(folder)

    assert listing is not None
    assert (listing.folders, [one.path for one in listing.files]) == (folders, files)
    assert index.folder("nowhere") is None


def test_number_never_comes_again(tmp_path: Path) -> None:
    """A new file never gets the number of one that is gone."""
    with closing(Store(tmp_path / "work", "/t")) as store:
        first = store.put("a", Facts(1, 1))
        store.forget(first)
        assert store.put("a", Facts(1, 1)) != first


def test_same_content_keeps_its_number(tmp_path: Path) -> None:
    """A file that was only touched keeps its number, also over a restart."""
    pieces = Pieces(length=4, sha256=b"s" * 32, sha1=b"1" * 20)
    with closing(Store(tmp_path / "work", "/t")) as store:
        first = store.put("a/b", Facts(1, 1, b"h" * 32), pieces)
        store.commit()
    with closing(Store(tmp_path / "work", "/t")) as store:
        second = store.put("a/b", Facts(1, 2, b"h" * 32), pieces)
        store.publish(tmp_path / "files", 5)

    index = FileIndex(tmp_path / "files")
    found = index.find("a/b")
    assert (first, found and found.modified) == (second, 2)
    assert index.pieces(first) == pieces


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(Facts(2, 1, b"h" * 32), id="size"),
        pytest.param(Facts(1, 1, b"i" * 32), id="hash"),
        pytest.param(Facts(1, 1, b"h" * 32, b"i" * 64), id="one of two hashes"),
    ],
)
def test_other_content_is_another_file(tmp_path: Path, facts: Facts) -> None:
    """Who was seen to have the old content does not have the new one."""
    with closing(Store(tmp_path / "work", "/t")) as store:
        first = store.put("a", Facts(1, 1, b"h" * 32, b"h" * 64))
        second = store.put("a", facts)

        assert second > first
        assert [one.number for one in published(store).files()] == [second]


def test_without_hashes_the_time_decides(tmp_path: Path) -> None:
    """Where a file is not hashed, another time of change is another content."""
    with closing(Store(tmp_path / "work", "/t")) as store:
        first = store.put("a", Facts(1, 1))

        assert store.put("a", Facts(1, 1)) == first
        assert store.put("a", Facts(1, 1, b"h" * 32)) == first
        assert store.put("b", Facts(1, 1)) != store.put("b", Facts(1, 2))


def test_other_root(tmp_path: Path) -> None:
    """The index of another tree is begun anew, with numbers of its own."""
    with closing(Store(tmp_path / "work", "/one")) as store:
        store.put("a", Facts(1, 1))
        store.commit()
        before = published(store).about.lineage
    with closing(Store(tmp_path / "work", "/two")) as store:
        assert list(published(store).files()) == []
        assert published(store).about.lineage != before


def test_replaced_while_read(tmp_path: Path) -> None:
    """A reader goes on with its version when a newer one takes its place."""
    publish(tmp_path, {"a": b"1"})
    old = FileIndex(tmp_path / "index" / "files")
    publish(tmp_path, {"b": b"1"})

    assert old.find("a") is not None
    assert old.find("b") is None
    assert FileIndex(tmp_path / "index" / "files").find("b") is not None


def _no_index(path: Path) -> None:
    path.unlink()


def _rubbish(path: Path) -> None:
    path.write_bytes(b"rubbish" * 1000)


def _cut(path: Path) -> None:
    os.truncate(path, 5000)


def _other_tables(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE x (y)")
    connection.close()


def _other_format(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE about SET format = 99")
    connection.close()


@pytest.mark.parametrize(
    "damage", [_no_index, _rubbish, _cut, _other_tables, _other_format]
)
def test_damaged(tmp_path: Path, damage: object) -> None:
    """What cannot be read is told as such, at the latest when it is asked."""
    publish(tmp_path, {f"{n}/{n}": b"x" for n in range(200)})
    path = tmp_path / "index" / "files"
    assert callable(damage)
    damage(path)

    with pytest.raises(StateError, match=str(path)):
        FileIndex(path).find("199/199")


def test_all_files_in_their_order(tmp_path: Path) -> None:
    """They come in the order of their numbers, from any number on."""
    paths = [f"d{number % 7}/f{number}" for number in range(2500)]
    publish(tmp_path, dict.fromkeys(paths, b"x"))
    index = FileIndex(tmp_path / "index" / "files")

    assert [one.path for one in index.files()] == paths
    assert [one.path for one in index.files(2400)] == paths[2399:]
    assert index.highest() == 2500


def test_numbers_below_a_folder(tmp_path: Path) -> None:
    """Those of folders below count, those of folders with a longer name do not."""
    paths = ["a/1", "a/b/2", "a-b/3", "a0/4", "ab/5", "6"]
    publish(tmp_path, dict.fromkeys(paths, b"x"))
    index = FileIndex(tmp_path / "index" / "files")

    assert set(index.numbers_below("a")) == {1, 2}
    assert set(index.numbers_below("")) == {1, 2, 3, 4, 5, 6}
    assert not list(index.numbers_below("none"))
