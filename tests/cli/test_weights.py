"""Tests for mirrorsel.cli.weights: a file of clients by country."""

from pathlib import Path

import pytest

from mirrorsel.cli.weights import default_weights, read_weights
from mirrorsel.errors import WeightsError
from mirrorsel.geo import load_countries

COUNTRIES = load_countries()


def _read(path: Path, text: str) -> dict[str, float]:
    path.write_text(text)
    return dict(read_weights(path, COUNTRIES).clients)


@pytest.mark.parametrize(
    ("text", "clients"),
    [
        ("country,clients\nde,10\nfr,2.5\n", {"de": 10, "fr": 2.5}),
        ("de,10\n", {"de": 10}),
        ("DE , 10\nGB,1\n", {"de": 10, "uk": 1}),
        ("de,1e3\nde,1\nunknown,7\n", {"de": 1001, "unknown": 7}),
        ("\ufeffcountry,clients\r\nde,1\r\n\r\nfr,0\r\n", {"de": 1, "fr": 0}),
    ],
    ids=["head", "no head", "codes", "sums", "of a spreadsheet"],
)
def test_good_files(tmp_path: Path, text: str, clients: dict[str, float]) -> None:
    """A head is not needed, and lines of one country are added up."""
    assert clients == _read(tmp_path / "w.csv", text)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("de,1\nxx,2\n", ":2: ", "unknown country 'xx'"),
        ("de,much\n", ":1: ", "'much' is no number"),
        ("de,-1\n", ":1: ", "'-1' is no number"),
        ("de,inf\n", ":1: ", "is no number"),
        ("de,nan\n", ":1: ", "is no number"),
        ("de\n", ":1: ", "1 columns"),
        ("de,1,2\n", ":1: ", "3 columns"),
        ("", ": ", "no clients"),
        ("de,0\n", ": ", "no clients"),
    ],
)
def test_bad_files(tmp_path: Path, text: str, place: str, words: str) -> None:
    """Each wrong line is told, with its number."""
    path = tmp_path / "w.csv"
    path.write_text(text)
    with pytest.raises(WeightsError) as raised:
        read_weights(path, COUNTRIES)

    assert f"{path}{place}" in str(raised.value)
    assert words in str(raised.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"], ids=["missing", "no text"])
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    """They are errors of the file."""
    path = tmp_path / "w.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WeightsError, match=r"w\.csv"):
        read_weights(path, COUNTRIES)


def test_the_usual_estimate() -> None:
    """It says what it is."""
    assert "IPv4 addresses" in default_weights(COUNTRIES).about
