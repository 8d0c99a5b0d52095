"""Tests for mirrorsel.cli.lint_excerpt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mirrorsel.cli.lint_excerpt import excerpt

URL = "https://mirror.example.de/"


@pytest.mark.parametrize(
    ("line", "column", "shown", "marks"),
    [
        pytest.param("http zz x", 6, "http zz x", "     ^~", id="a word"),
        pytest.param("a w=x b", 5, "a w=x b", "  ~~^", id="a value in a word"),
        pytest.param("http de", 8, "http de", "       ^", id="behind the end"),
        pytest.param("", 1, "", "^", id="an empty line"),
        pytest.param(
            "\thttp\tzz x", 7, "        http    zz x", " " * 16 + "^~", id="tabs"
        ),
        pytest.param("ab\tzz", 4, "ab      zz", " " * 8 + "^~", id="a tab in a line"),
        pytest.param("東京 zz", 4, "東京 zz", "     ^~", id="wide characters before"),
        pytest.param("a 東京", 3, "a 東京", "  ^~~~", id="wide characters marked"),
        pytest.param(
            "e\u0301 zz", 4, "e\u0301 zz", "  ^~", id="a combining one before"
        ),
        pytest.param(
            "a e\u0301x", 4, "a e\u0301x", "  ^~", id="a combining one marked"
        ),
        pytest.param("a\x1b[2J b", 7, "a\\x1b[2J b", "         ^", id="a control code"),
        pytest.param("a b\x07c", 4, "a b\\x07c", "  ~^~~~~", id="one marked"),
        pytest.param(
            "a\u202eb c", 5, "a\\u202eb c", " " * 9 + "^", id="a mark of direction"
        ),
        pytest.param("a\u00a0b", 2, "a\\xa0b", "~^~~~~", id="a no-break space"),
        pytest.param('a "b c" d', 3, 'a "b c" d', "  ^~~~~", id="a word in quotes"),
        pytest.param('a "b c', 3, 'a "b c', "  ^~~~", id="quotes never closed"),
        pytest.param("a # lint: x", 3, "a # lint: x", "  ^", id="a comment"),
        pytest.param("a  b", 2, "a  b", " ^", id="between words"),
    ],
)
def test_marks(line: str, column: int, shown: str, marks: str) -> None:
    """The mark stands below its place, and the rest of the word is underlined."""
    found = excerpt(line, column, 80)

    assert (shown, marks) == (found.line.rstrip(), found.marks)


@pytest.mark.parametrize(
    ("column", "shown", "marks"),
    [
        pytest.param(1, "abcdefgh…", "^~~~~~~~", id="at the start"),
        pytest.param(5, "abcdefgh…", "~~~~^~~~", id="near the start"),
        pytest.param(13, "…ijklmnop…", " ~~~~^~~~", id="within"),
        pytest.param(26, "…stuvwxyz", " ~~~~~~~^", id="at the end"),
        pytest.param(27, "…tuvwxyz ", "        ^", id="behind the end"),
    ],
)
def test_a_long_line(column: int, shown: str, marks: str) -> None:
    """A line that does not fit is cut, and the place stays in sight."""
    found = excerpt("abcdefghijklmnopqrstuvwxyz", column, 10)

    assert (shown, marks) == (found.line, found.marks)


@given(st.text().filter(lambda text: "\n" not in text), st.data())
def test_every_line(line: str, data: st.DataObject) -> None:
    """Whatever stands in a line, it fits, is printable and has one mark in it."""
    column = data.draw(st.integers(1, len(line) + 1))
    room = data.draw(st.integers(12, 100))
    found = excerpt(line, column, room)

    assert found.line.isprintable()
    assert found.marks.count("^") == 1
    assert cell_len(found.marks) <= room
    assert sum(cell_len(one) for one in found.line) <= room


@given(
    st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1), st.data()
)
def test_plain_lines(line: str, data: st.DataObject) -> None:
    """In a line of plain characters, what stands above the mark is the place."""
    column = data.draw(st.integers(1, len(line)))
    room = data.draw(st.integers(12, 100))
    found = excerpt(line, column, room)

    assert line[column - 1] == found.line[found.marks.index("^")]
