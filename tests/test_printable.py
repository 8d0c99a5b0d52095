"""Text of strangers."""

import pytest

from mirrorsel.printable import one_line, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\x1b[31mb", "a [31mb", id="a colour of terminals"),
        pytest.param("a\u202eb", "a b", id="another direction"),
        pytest.param("a\r\nb", "a  b", id="lines"),
        pytest.param("Größe 7 km²", "Größe 7 km²", id="letters of any language"),
    ],
)
def test_no_terminal_obeys(text: str, shown: str) -> None:
    """What is no letter to be seen is a blank."""
    assert shown == printable(text)


def test_one_line() -> None:
    """Blanks are single, and none stand around it."""
    assert "a b" == one_line(" a\n\n\tb\x00")
