"""What messages have in common."""

import pytest

from mirrorsel.errors import hint


@pytest.mark.parametrize(
    ("name", "end", "expected"),
    [
        pytest.param("wieght", "", "; did you mean `weight`?", id="near"),
        pytest.param("wieght", "=", "; did you mean `weight=`?", id="with an end"),
        pytest.param("colour", "", "", id="far from all"),
    ],
)
def test_hint(name: str, end: str, expected: str) -> None:
    """The nearest known name is suggested, unless none is near."""
    assert expected == hint(name, ["weight", "lat"], end)
