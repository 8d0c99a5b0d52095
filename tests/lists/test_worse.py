"""Tests for mirrorsel.lists.worse: what an edit has made wrong."""

import pytest

from mirrorsel.lists import parse
from mirrorsel.lists.worse import brought

GOOD = "http de https://a.example/\n"
BAD = "http de gopher://x/\n"
AGAIN = "http fr https://a.example/\n"


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        pytest.param(GOOD, GOOD, [], id="nothing"),
        pytest.param(GOOD, GOOD + BAD, [2], id="new"),
        pytest.param(BAD + GOOD, GOOD, [], id="mended"),
        pytest.param(BAD + GOOD, "\n" + BAD + GOOD, [], id="shifted"),
        pytest.param(BAD + GOOD, BAD + "\n" + GOOD + BAD, [4], id="once more"),
        pytest.param(GOOD + AGAIN, "\n" + GOOD + AGAIN, [], id="shifted duplicate"),
        pytest.param(GOOD, "", [0], id="the whole file"),
    ],
)
def test_brought(before: str, after: str, lines: list[int]) -> None:
    """Only what was not wrong before counts, wherever it stands now."""
    old, new = parse(before, None), parse(after, None)
    found = brought(old.problems, new.problems, before, after)

    assert lines == [one.line for one in found]
