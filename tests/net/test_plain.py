"""Text from the network is made fit to be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.net import plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Not Found", "Not Found", id="ordinary"),
        pytest.param("a\x1b[31mb", "a [31mb", id="escape"),
        pytest.param("a\r\nb\x00c", "a b c", id="controls"),
        pytest.param("a\u202eb", "a b", id="direction"),
        pytest.param("\udcffx", "x", id="surrogate"),
        pytest.param("x" * 500, "x" * 200, id="long"),
    ],
)
def test_plain(text: str, expected: str) -> None:
    """Control characters become blanks, and the length is bounded."""
    assert expected == plain(text)


@given(text=st.text())
def test_plain_is_printable(text: str) -> None:
    """Whatever comes in, what goes out is one short printable line."""
    shown = plain(text)

    assert shown.isprintable()
    assert len(shown) <= 200
