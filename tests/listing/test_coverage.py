"""Tests for mirrorsel.listing.coverage: what is surely not there."""

import pytest

from mirrorsel.listing import Coverage


@pytest.mark.parametrize(
    ("path", "lacks"),
    [
        pytest.param("f", True, id="in-a-listed-folder"),
        pytest.param("a/f", True, id="in-another"),
        pytest.param("a/b/f", False, id="in-one-that-was-not-listed"),
        pytest.param("a/b/c/f", False, id="below-it"),
        pytest.param("x/f", True, id="in-one-that-is-not-there"),
        pytest.param("x/y/z/f", True, id="below-that"),
        pytest.param("g/f", True, id="in-one-that-was-denied"),
        pytest.param("a/g/h/f", True, id="below-such"),
        pytest.param("a/README", True, id="like-any-other"),
    ],
)
def test_what_a_mirror_lacks(path: str, lacks: bool) -> None:  # noqa: FBT001 - a row of the table
    """A file that was not seen is missing only where all was seen."""
    coverage = Coverage({"": ["a", "g"], "a": ["b", "g"]}, ["g", "a/g"])

    assert lacks == coverage.lacks(path)


@pytest.mark.parametrize("path", ["README.html", "x/.well-known", ".x/f", "CVS/f"])
def test_what_servers_leave_out_is_not_missing(path: str) -> None:
    """A name that servers hide may be there, and what is below it."""
    coverage = Coverage({"": ["x"], "x": []}, hides=True)

    assert not coverage.lacks(path)
    assert coverage.lacks("x/KEYS")


def test_nothing_is_known_of_what_was_not_listed() -> None:
    """Without any listed folder nothing is missing."""
    assert not Coverage().lacks("a/f")
    assert not Coverage({"a": []}).lacks("b/f")
    assert Coverage({"a": []}).lacks("a/f")


def test_a_listing_goes_on_where_it_broke_off() -> None:
    """What was found and not listed is what comes next."""
    coverage = Coverage({"": ["a", "b"], "a": ["c", "d"], "a/c": []}, ["b"])

    assert ["a/d"] == coverage.open_below("")
    assert ["x"] == coverage.open_below("x")
    assert [] == coverage.open_below("b")
    assert coverage.open_below("") == Coverage(
        coverage.folders, coverage.gone
    ).open_below("")
