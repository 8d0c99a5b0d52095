"""Tests for mirrorsel.lists.forms.cells: CSV with the places of its cells."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.lists.forms.cells import CellError, guarded, rows_of, unguarded
from mirrorsel.lists.forms.draft import Text

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=4)


@given(rows=ROWS)
def test_what_python_writes_is_read(rows: list[list[str]]) -> None:
    """Any table that Python's own writer has made is read as it was."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    read = [[cell.text for cell in row] for row in rows_of(text.getvalue())]

    # A row of one empty cell is quoted by the writer; it tells nothing.
    assert read == [row for row in rows if row != [""]]


def test_places() -> None:
    """Each cell has the line and the column where it begins, over line breaks too."""
    text = 'a,"b\nc","d""e"\r\n\nf,'

    assert list(rows_of(text)) == [
        (Text("a", 1, 1), Text("b\nc", 1, 3), Text('d"e', 2, 4)),
        (Text("f", 4, 1), Text("", 4, 3)),
    ]


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        pytest.param('a\nb,"c', "never closed", (2, 3), id="open quote"),
        pytest.param('"a"b', "must follow the quote", (1, 1), id="behind a quote"),
        pytest.param('a"b', "must stand in quotes", (1, 1), id="within"),
        pytest.param(f"a\n{',' * 101}", "at most 100 cells", (2, 101), id="wide"),
        pytest.param("a\rb", "must stand in quotes", (1, 1), id="carriage return"),
    ],
)
def test_broken(text: str, message: str, place: tuple[int, int]) -> None:
    """What is no CSV is refused, with its place."""
    with pytest.raises(CellError, match=message) as caught:
        list(rows_of(text))

    assert (caught.value.place.line, caught.value.place.column) == place


@given(text=st.text("'=+-@\t\r\uff1d\uff0b\uff0d\uff20a1 ,", max_size=6))
def test_guard_is_taken_off_again(text: str) -> None:
    """No text is written so that it begins a formula, and each comes back."""
    written = guarded(text)

    assert not written.startswith(tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20"))
    assert unguarded(Text(written)).text == text


def test_only_the_guard_is_taken_off() -> None:
    """A quote that guards nothing stays."""
    assert unguarded(Text("'tis", 1, 5)) == Text("'tis", 1, 5)
    assert unguarded(Text("'=a", 1, 5)) == Text("=a", 1, 6)
