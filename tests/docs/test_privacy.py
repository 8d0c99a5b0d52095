"""Tests that the document on privacy tells how much of clients is remembered."""

import pytest

from mirrorsel.geo.locator import _REMEMBERED as PLACES
from mirrorsel.web.realm import _REMEMBERED as CLIENTS
from mirrorsel.web.shown import _CAPACITY as ANSWERS
from tests.docs.reference import ROOT


@pytest.mark.parametrize(
    "words",
    [
        f"the last {PLACES:,} addresses are",
        f"the last {CLIENTS:,} clients were sent",
        f"in {ANSWERS // 2**20} MiB at most",
    ],
)
def test_numbers_are_those_of_the_code(words: str) -> None:
    """Each memory of clients is told with its bound."""
    text = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")

    assert words in text
