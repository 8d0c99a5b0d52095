"""The values that all rooms speak in."""

import math
from datetime import UTC, datetime

import pytest

from mirrorsel.model import Mirror, Pieces, iso_country, listed_country, moment_of


@pytest.mark.parametrize(
    ("iso", "listed"),
    [
        pytest.param("DE", "de", id="as in ISO 3166-1"),
        pytest.param("GB", "uk", id="the one that differs"),
    ],
)
def test_two_codes_of_a_country(iso: str, listed: str) -> None:
    """Lists write the codes of ISO 3166-1 in lower case, and `uk` for GB."""
    assert listed == listed_country(iso)
    assert iso.lower() == iso_country(listed)


def test_uk_is_one_country() -> None:
    """`uk` is also understood where a code of ISO 3166-1 is expected."""
    assert listed_country("UK") == "uk"


@pytest.mark.parametrize(
    ("prefixes", "path", "carried"),
    [
        pytest.param((), "a/b", True, id="the whole tree"),
        pytest.param(("a/",), "a/b", True, id="below"),
        pytest.param(("a/",), "a", True, id="the folder itself"),
        pytest.param(("a/",), "ab/c", False, id="another that begins so"),
        pytest.param(("a/b/", "c/"), "a", False, id="above"),
        pytest.param(("a/b/", "c/"), "c/d", True, id="one of two"),
    ],
)
def test_what_a_mirror_carries(
    prefixes: tuple[str, ...], path: str, *, carried: bool
) -> None:
    """All, or what lies below its prefixes."""
    assert carried is Mirror(url="https://m.example/", prefixes=prefixes).carries(path)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        pytest.param(1.0, datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC), id="the first"),
        pytest.param(
            253_402_300_799,
            datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
            id="the last",
        ),
        pytest.param(0, None, id="unknown"),
        pytest.param(-1, None, id="before all"),
        pytest.param(253_402_300_800, None, id="after all"),
        pytest.param(2**62, None, id="no year at all"),
        pytest.param(math.nan, None, id="no number"),
        pytest.param(math.inf, None, id="infinity"),
    ],
)
def test_times_of_unix(seconds: float, expected: datetime | None) -> None:
    """What is no moment of our years is none, whoever wrote it."""
    assert expected == moment_of(seconds)


def test_the_hash_of_a_piece() -> None:
    """They stand one behind the other, and are counted from 0."""
    pieces = Pieces(length=5, sha256=b"a" * 32 + b"b" * 32, sha1=b"")

    assert (pieces.count, pieces.digest(1)) == (2, b"b" * 32)
