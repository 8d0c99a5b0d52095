"""The search for new files on mirrors."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.model import Mirror, Presence, PublishedFile
from mirrorsel.scanning.search import (
    MOST,
    Carried,
    Search,
    looked_for,
    renewed,
    sought,
)
from mirrorsel.tree import FileIndex, Holders
from tests.tree.published import publish

MIRROR = "https://a.example/"
OLD = ["httpd/1/a", "tomcat/1/b", "KEYS"]
NEW = ["httpd/2/a", "httpd/1/z", "tomcat/2/b", "fresh/1/c", "top"]
HELD, MISSING = Presence.HELD, Presence.MISSING


def file(number: int) -> PublishedFile:
    """Return a file of which only the number counts."""
    return PublishedFile(path=f"f{number}", number=number, size=1, modified=0)


@pytest.fixture
def index(tmp_path: Path) -> FileIndex:
    """Return an index in which some files are newer than the scans."""
    publish(tmp_path, dict.fromkeys([*OLD, *NEW], b"x"))
    return FileIndex(tmp_path / "index" / "files")


@pytest.mark.parametrize(
    ("prefixes", "expected"),
    [
        # It has no tomcat, and so gets none; what nobody had before it may get.
        pytest.param((), ["httpd/2/a", "httpd/1/z", "fresh/1/c", "top"], id="all"),
        pytest.param(("httpd/",), ["httpd/2/a", "httpd/1/z"], id="a part"),
    ],
)
def test_what_is_sought(
    index: FileIndex, prefixes: tuple[str, ...], expected: list[str]
) -> None:
    """New files in folders that the mirror carries, or that are new themselves."""
    seen = bytes([MISSING, HELD, MISSING, HELD])
    holders = Holders(lineage="x").with_scan(MIRROR, seen, 1.0)
    carried = Carried(index, holders, Mirror(url=MIRROR, prefixes=prefixes))
    found = sought(holders, MIRROR, index.files(), carried)

    assert [one.path for one in found] == expected


def test_until_it_has_them(index: FileIndex) -> None:
    """What has arrived is sought no more, and what a scan missed still is."""
    holders = Holders(lineage="x").with_scan(MIRROR, bytes([0, HELD, HELD, HELD]), 1.0)
    missed = bytes([0, HELD, HELD, HELD, *[MISSING] * len(NEW)])
    scanned = holders.with_scan(MIRROR, missed, 2.0)
    arrived = scanned.with_arrivals(MIRROR, {4: HELD, 5: HELD})
    again = arrived.with_scan(MIRROR, missed, 3.0)

    numbers = [
        [one.number for one in sought(now, MIRROR, index.files(), lambda _: True)]
        for now in (holders, scanned, arrived, again)
    ]
    assert numbers == [[4, 5, 6, 7, 8], [4, 5, 6, 7, 8], [6, 7, 8], []]


@given(st.integers(0, 300))
def test_how_many_at_once(count: int) -> None:
    """All of a few; of many the first, the last and some between."""
    files = [file(number) for number in range(count)]
    chosen = looked_for(files)

    if count <= MOST:
        assert list(chosen) == files
    else:
        assert len(set(chosen)) == len(chosen) < MOST
        assert (chosen[0], chosen[-1]) == (files[0], files[-1])


def test_back_off() -> None:
    """It is at once, then after 1, 2, 5, 10, 20 minutes, and every 30 from then on."""
    search, waits = renewed(None, 9, 0.0), []
    for _ in range(8):
        later = search.after_look(search.at)
        waits.append((later.at - search.at) / 60)
        search = later

    assert waits == [1, 2, 5, 10, 20, 30, 30, 30]


@given(st.floats(0, 1e9), st.integers(0, 9), st.integers(0, 9))
def test_a_newer_file_begins_it_anew(at: float, newest: int, now_newest: int) -> None:
    """A file that nobody looked for yet is looked for at once."""
    search = renewed(Search(newest=newest, at=at, looks=5), now_newest, 1000.0)

    if now_newest > newest:
        assert (search.at, search.looks) == (1000.0, 0)
    else:
        assert search.at <= 1000.0 + 30 * 60
        assert search.looks == 5
