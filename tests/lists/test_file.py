"""Tests for mirrorsel.lists.file."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mirrorsel.errors import ListError, Problem
from mirrorsel.lists import load, require
from mirrorsel.model import Mirror

GOOD = "http de https://a.example.de/\n"
HALF = f"{GOOD}http fr https://b.example.fr/ weight=0\nhttp fr c.example.fr\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the path of a list that is not there yet."""
    return tmp_path / "mirrors.list"


def test_load(path: Path) -> None:
    """A good list gives its mirrors, and nothing to say."""
    path.write_text(GOOD)

    loaded = load(path)
    expected = ((Mirror(url="https://a.example.de/", country="de", line=1),), (), True)

    assert expected == (loaded.list.mirrors, loaded.problems, loaded.ok)


def test_load_half_good(path: Path) -> None:
    """The good lines of a bad list are there, with the errors of the others."""
    path.write_text(HALF)

    loaded = load(path)
    expected = (1, (2, 3), False)
    lines = tuple(problem.line for problem in loaded.problems)

    assert expected == (len(loaded.list.mirrors), lines, loaded.ok)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param(
            1_500_000_000, datetime(2017, 7, 14, 2, 40, tzinfo=UTC), id="2017"
        ),
        pytest.param(0, None, id="no time"),
        pytest.param(10**11, None, id="beyond any time"),
    ],
)
def test_dated_by_the_file(path: Path, changed: int, expected: datetime | None) -> None:
    """Without a header, a list is as old as its file."""
    path.write_text(GOOD)
    os.utime(path, (changed, changed))

    assert expected == load(path).list.dated


def test_dated_by_its_header(path: Path) -> None:
    """The header goes before the time of the file."""
    path.write_text(f"# date : Wed Sep  2 09:49:53 2015 [UTC]\n{GOOD}")

    assert datetime(2015, 9, 2, 9, 49, 53, tzinfo=UTC) == load(path).list.dated


def test_unknown_country(path: Path) -> None:
    """A country that is not among the known ones is a warning, and is taken."""
    path.write_text(GOOD)

    mirrors = require(path, countries={"fr"}).mirrors
    problems = load(path, countries={"fr"}).problems
    expected = Problem(
        message="no country has the code `de`",
        line=1,
        column=6,
        warning=True,
        code="unknown-country",
    )

    assert ("de", (expected,)) == (mirrors[0].country, problems)


def test_require(path: Path) -> None:
    """A list with an error is refused, and all errors are told with their places."""
    path.write_text(HALF)

    with pytest.raises(ListError) as caught:
        require(path)

    places = [(problem.line, problem.column) for problem in caught.value.problems]
    expected = [(2, 38), (3, 9)]

    assert expected == places


def test_require_in_spite_of_warnings(path: Path) -> None:
    """A list with warnings alone is taken."""
    path.write_text("http de https://a.example.de\n")

    mirrors = require(path).mirrors
    expected = (Mirror(url="https://a.example.de/", country="de", line=1),)

    assert expected == mirrors


def test_missing(path: Path) -> None:
    """A list that is not there is a ListError that names it."""
    with pytest.raises(ListError) as caught:
        load(path)

    assert f"{path}: cannot be read: No such file or directory" == str(caught.value)


def test_no_ordinary_file(path: Path) -> None:
    """A named pipe is refused, and not waited for."""
    os.mkfifo(path)

    with pytest.raises(ListError) as caught:
        load(path)

    assert f"{path}: cannot be read: it is not an ordinary file" == str(caught.value)


def test_not_utf8(path: Path) -> None:
    """A list in another encoding is refused at its first such byte."""
    path.write_bytes("# Größe\nhttp de x ü".encode() + b"\xe9\n")

    with pytest.raises(ListError) as caught:
        load(path)

    assert f"{path}:2:12: is not UTF-8 text" == str(caught.value)


def test_too_large(path: Path) -> None:
    """A file that is too large for a list is not read to its end."""
    with path.open("wb") as file:
        file.truncate(16 * 2**20 + 1)

    with pytest.raises(ListError) as caught:
        load(path)

    assert f"{path}: cannot be read: it is larger than 16 MiB" == str(caught.value)
