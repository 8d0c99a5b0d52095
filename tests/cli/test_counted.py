"""Tests for mirrorsel.cli.counted."""

import pytest

from mirrorsel.cli.counted import counted


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 pages"), (1, "1 page"), (2500, "2,500 pages")]
)
def test_counted(number: int, words: str) -> None:
    """One thing has no plural, and large numbers can be read."""
    assert words == counted(number, "page")
