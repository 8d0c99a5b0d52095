"""Indexes that whoever writes the state folder has made to harm their readers."""

import os
import sqlite3
import time
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from mirrorsel.errors import StateError
from mirrorsel.tree import FileIndex
from mirrorsel.tree.reader import Reader
from tests.tree.published import publish

_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return an index of a few files."""
    publish(tmp_path, {f"a/{n}": b"x" for n in range(20)})
    return tmp_path / "index" / "files"


def told(*statements: str) -> Callable[[Path], None]:
    """Return what tells SQLite something about the index."""

    def tell(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            for one in statements:
                connection.execute(one)

    return tell


def renamed(table: str, instead: str) -> Callable[[Path], None]:
    """Return what puts something else in the place of a table."""
    return told(f"ALTER TABLE {table} RENAME TO other_{table}", instead)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def ask_all(path: Path) -> None:
    """Ask an index for everything."""
    index = FileIndex(path)
    index.find("a/1")
    index.folder("a")
    index.pieces(1)
    list(index.files())
    list(index.numbers_below(""))
    index.highest()
    index.count()


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(_pipe, id="named pipe"),
        pytest.param(_device, id="device"),
        pytest.param(
            renamed("file", f"CREATE VIEW file AS {_ENDLESS} * FROM other_file, n"),
            id="view without end",
        ),
        pytest.param(
            renamed("folder", f"CREATE VIEW folder AS {_ENDLESS} i AS id FROM n"),
            id="folders without end",
        ),
        pytest.param(
            renamed(
                "pieces",
                "CREATE TABLE pieces (number, length, sha256, sha1,"
                " x AS (hex(zeroblob(500000000))))",
            ),
            id="column that is worked out",
        ),
        pytest.param(
            told("CREATE TRIGGER t AFTER INSERT ON file BEGIN SELECT 1; END"),
            id="trigger",
        ),
        pytest.param(told("UPDATE file SET size = 'x' WHERE number = 2"), id="size"),
        pytest.param(
            told("UPDATE file SET sha256 = 'x' WHERE number = 2"), id="hash of text"
        ),
        pytest.param(
            told("UPDATE file SET sha512 = x'00' WHERE number = 2"), id="short hash"
        ),
        pytest.param(
            told("UPDATE file SET disputed = x'00' WHERE number = 2"), id="dispute"
        ),
        pytest.param(
            told("UPDATE file SET modified = 'today' WHERE number = 2"), id="time"
        ),
        pytest.param(
            told("UPDATE file SET name = x'ff' WHERE number = 2"), id="name of bytes"
        ),
        pytest.param(
            told("UPDATE folder SET path = x'61' WHERE path = 'a'"), id="path of bytes"
        ),
        pytest.param(
            told("INSERT INTO folder (path, parent, name) VALUES ('a/b', 2, x'62')"),
            id="folder of bytes",
        ),
        pytest.param(
            told("INSERT INTO pieces VALUES (1, 0, x'00', x'00')"), id="no length"
        ),
        pytest.param(
            told("INSERT INTO pieces VALUES (1, 5, zeroblob(32), zeroblob(19))"),
            id="half a piece",
        ),
        pytest.param(
            told("INSERT INTO pieces VALUES (1, 5, 'text', 5)"), id="pieces of text"
        ),
        pytest.param(
            told("UPDATE file SET disputed = printf('%.*c', 50000000, 'x')"),
            id="50 MB of text",
        ),
        pytest.param(told("UPDATE about SET made = 'x'"), id="no date"),
    ],
)
def test_what_is_no_index_is_told(path: Path, make: Callable[[Path], None]) -> None:
    """It costs its readers neither time nor memory, and no other error."""
    make(path)
    tracemalloc.start()
    began = time.process_time()

    with pytest.raises(StateError, match="cannot be read"):
        ask_all(path)

    assert time.process_time() - began < 20
    assert tracemalloc.get_traced_memory()[1] < 2**24
    tracemalloc.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_link_to_the_file_of_another_owner(path: Path, tmp_path: Path) -> None:
    """Nobody has root read what only root may."""
    path.rename(tmp_path / "other")
    path.symlink_to(tmp_path / "other")
    os.lchown(path, 65534, 65534)

    with pytest.raises(StateError):
        FileIndex(path)


def test_an_answer_has_its_time(path: Path) -> None:
    """What would take for ever is given up, and the next question has its own time."""
    now = [0.0]

    def clock() -> float:
        now[0] += 5.0
        return now[0]

    reader = Reader(path, clock=clock)

    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        reader.rows(f"{_ENDLESS} count(*) FROM n")
    assert [(20,)] == reader.rows("SELECT count(*) FROM file")
    reader.close()


def test_names_that_are_not_there_take_no_memory(path: Path) -> None:
    """Clients ask for as many names, and as long ones, as they like."""
    index = FileIndex(path)
    index.find("a/1")
    tracemalloc.start()
    for number in range(2000):
        name = f"{number}/\U0001f600{'x' * 2000}"
        assert index.find(name) is None
        assert not index.is_folder(name)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 2**20


def test_a_part_of_a_folder(tmp_path: Path) -> None:
    """Parts go on where others ended, and have together what the folder has."""
    paths = [f"{n}" for n in range(7)] + [f"d{n}/f" for n in range(5)] + ["ö", "d"]
    publish(tmp_path, dict.fromkeys(paths, b"xy"))
    index = FileIndex(tmp_path / "index" / "files")
    whole = index.folder("")
    assert whole is not None
    for most in range(1, 15):
        folders: list[str] = []
        files: list[str] = []
        after = ""
        while True:
            part = index.folder("", after=after, most=most)
            assert part is not None
            assert len(part.folders) + len(part.files) <= most
            assert part.totals == whole.totals
            folders += part.folders
            files += [one.path for one in part.files]
            if not part.next:
                break
            after = part.next
        assert list(whole.folders) == folders
        assert [one.path for one in whole.files] == files
    assert (5, 9, 18) == (
        whole.totals.folders,
        whole.totals.files,
        whole.totals.bytes,
    )
