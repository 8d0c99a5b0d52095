"""The benchmark of the index, on trees so small that its figures mean nothing."""

import os
import re
from pathlib import Path

import pytest

from bench.files.__main__ import main
from bench.files.compared import Compared
from bench.files.listings import BUCKET, FORMS, folders, pages
from bench.files.paths import IN_A_PROJECT, path, paths
from bench.files.stored import seen_on
from mirrorsel.model import Presence

SMALL = (
    *("--files", "200", "--paths", "3000", "--mirrors", "10", "--listed", "250"),
    *("--served", "400", "--rounds", "1"),
)
# In the place of the program that makes the load.
WRK = "#!/bin/sh\necho 'bench: 1000 1000000 9 0 0 0 1 2 3 4'\n"


def tables(tmp_path: Path, part: str) -> list[list[str]]:
    """Return the rows of all tables of a part, as the program writes them."""
    main([part, *SMALL, "--out", str(tmp_path / "out")])
    lines = (tmp_path / "out").read_text().splitlines()
    return [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]


def test_the_build(tmp_path: Path) -> None:
    """It tells of two ways of indexing, and of a look at what is indexed."""
    rows = tables(tmp_path, "index")

    assert [row[0] for row in rows[2:]] == [
        "first index, `mirrorsel files index`",
        "first index, at the checker's pace",
        "a look, nothing changed",
    ]
    assert all(float(row[4].partition(" ")[0]) > 0 for row in rows[2:])


def test_look_ups(tmp_path: Path) -> None:
    """It tells of sizes, memory and times."""
    rows = tables(tmp_path, "lookup")
    text = (tmp_path / "out").read_text()

    assert "Asked: under 1 GB; reached" in text
    assert {"opened", "again", "`index/files`, for readers"} <= {row[0] for row in rows}


def test_scans(tmp_path: Path) -> None:
    """It scans by every protocol and form, and finds all files each time."""
    rows = tables(tmp_path, "scan")

    assert [row[0] for row in rows[2:]] == ["rsync", *FORMS, BUCKET, "FTP (MLSD)"]
    assert all(re.fullmatch(r"[\d,]+", row[2]) for row in rows[2:])


@pytest.mark.httpd
def test_requests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It loads one httpd with an index and one without."""
    (tmp_path / "wrk").write_text(WRK)
    (tmp_path / "wrk").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    rows = tables(tmp_path, "requests")

    assert [row[1:] for row in rows[2:]] == [
        ["1,000", "1,000", "1.00 (1.00 to 1.00)"]
    ] * 5


def test_unknown_part() -> None:
    """A part that there is not is no use of the program."""
    with pytest.raises(SystemExit) as caught:
        main(["nothing"])

    assert caught.value.code == 2


def test_sides_take_turns() -> None:
    """The first place changes from round to round."""
    order: list[str] = []

    def side(name: str, value: float) -> float:
        order.append(name)
        return value

    found = Compared.measure(lambda: side("a", 3), lambda: side("b", 2), 3)

    assert order == ["a", "b", "b", "a", "a", "b"]
    assert (found.ours, found.other) == (3, 2)
    assert str(found.ratio) == "1.50 (1.50 to 1.50)"


def test_paths() -> None:
    """No two paths are the same, and folders fill one after the other."""
    found = list(paths(2 * IN_A_PROJECT + 1))

    assert len(set(found)) == len(found)
    assert {one.partition("/")[0] for one in found} == {
        "project-000",
        "project-001",
        "project-002",
    }


def test_what_mirrors_hold() -> None:
    """Some are whole, some lack files, some have other sizes."""
    kinds = [set(seen_on(number, 5000)) for number in range(10)]

    assert kinds[0] == {Presence.HELD}
    assert {Presence.HELD, Presence.MISSING} in kinds
    assert {Presence.HELD, Presence.WRONG_SIZE} in kinds


def test_folders_and_pages() -> None:
    """Each folder has a page, with the folders and files that are in it."""
    found = folders(250)

    assert [one.name for one in found[""]] == ["project-000"]
    assert sum(not one.folder for entries in found.values() for one in entries) == 250
    assert len(pages("HTTP, nginx", 250)) == len(found)
    assert path(0).rpartition("/")[0] in found
