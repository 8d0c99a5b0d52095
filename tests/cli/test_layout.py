"""Text in columns."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from rich.console import Console
from rich.text import Text

from mirrorsel.cli.layout import cell, print_rows
from mirrorsel.words import age

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        pytest.param(-5, "0 s", id="a clock that goes wrong"),
        pytest.param(0, "0 s", id="now"),
        pytest.param(119, "119 s", id="seconds"),
        pytest.param(120, "2 min", id="minutes"),
        pytest.param(7199, "120 min", id="nearly two hours"),
        pytest.param(7200, "2 h", id="hours"),
        pytest.param(172800, "2 d", id="days"),
        pytest.param(31536000, "365 d", id="a year"),
    ],
)
def test_how_an_age_is_spelled(seconds: int, expected: str) -> None:
    """The unit is the largest of which there are two."""
    assert age(NOW - timedelta(seconds=seconds), NOW) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("[bold]x[/bold]", "[bold]x[/bold]", id="markup"),
        pytest.param("a\x1b[31mb", "a [31mb", id="escape sequence"),
        pytest.param("a\r\nb", "a  b", id="line ends"),
        pytest.param("a\u202eb", "a b", id="direction of writing"),
        pytest.param(7, "7", id="a number"),
    ],
)
def test_a_cell_is_not_obeyed(words: object, expected: str) -> None:
    """What comes from elsewhere is shown, and nothing more."""
    assert cell(words).plain == expected


def printed(*rows: list[Text], terminal: bool = False) -> str:
    """Return what is printed, on something of 20 columns."""
    file = StringIO()
    console = Console(file=file, width=20, force_terminal=terminal, markup=False)
    print_rows(console, rows)
    return file.getvalue()


def test_columns_are_aligned() -> None:
    """Short rows end early; wide characters count twice; no blanks at the end."""
    text = printed(
        [cell("a"), cell("bb"), cell("c")],
        [cell("日本"), cell("d")],
        [cell("eee")],
    )

    assert text == "  a     bb  c\n  日本  d\n  eee\n"


def test_nothing_is_cut_off() -> None:
    """A long line is left to the terminal, or to the pipe."""
    assert printed([cell("x" * 90)]) == f"  {'x' * 90}\n"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(
            [cell("up"), cell("http://a/"), cell("ok")],
            ["  up  http://a/  ok"],
            id="all fits",
        ),
        pytest.param(
            [cell("up"), cell("http://a/"), cell("too slow")],
            ["  up  http://a/", "      too slow"],
            id="the reason does not",
        ),
        pytest.param(
            [cell("up"), cell("http://mirrors/"), cell("too slow")],
            ["  up", "      http://mirrors/", "      too slow"],
            id="the URL does not",
        ),
        pytest.param(
            [cell("up"), cell("http://m.example/apache/"), cell("")],
            ["  up", "      http://m.example/apache/"],
            id="nor on a line of its own",
        ),
        pytest.param(
            [cell("http://m.example/apache/")],
            ["      http://m.example/apache/"],
            id="a URL alone",
        ),
        pytest.param(
            [cell("why"), cell("a sentence of many words")],
            ["  why  a sentence of", "       many words"],
            id="words in a wide column",
        ),
        pytest.param(
            [cell("one two three four five")],
            ["  one two three four", "  five"],
            id="words alone",
        ),
    ],
)
def test_what_does_not_fit_a_terminal(row: list[Text], expected: list[str]) -> None:
    """It goes to an indented line of its own; no word is broken."""
    text = printed(row, terminal=True)

    assert expected == [line.rstrip() for line in text.splitlines()]


def test_short_lines_after_a_break_are_not_padded() -> None:
    """What follows a cell on a line of its own stands right behind it."""
    rows = ([cell("x" * 9), cell(one), cell("ok")] for one in ("y" * 9, "z" * 12))

    assert printed(*rows, terminal=True).splitlines() == [
        f"  {'x' * 9}",
        f"      {'y' * 9}  ok",
        f"  {'x' * 9}",
        f"      {'z' * 12}",
        "      ok",
    ]


def test_colours_are_for_terminals() -> None:
    """In a pipe there are none."""
    row = [cell("x", "red")]

    assert "\x1b[31m" in printed(row, terminal=True)
    assert printed(row) == "  x\n"


def test_nothing_is_printed_of_no_rows() -> None:
    """An empty table has not even a line."""
    assert printed() == ""


def test_heading_makes_no_column_wider() -> None:
    """A row of one cell stands over all columns."""
    output = StringIO()
    rows = [
        [cell("United Kingdom")],
        [cell("up"), cell("a")],
        [cell("down"), cell("b")],
    ]
    print_rows(Console(file=output), rows)

    assert output.getvalue() == "  United Kingdom\n  up    a\n  down  b\n"
