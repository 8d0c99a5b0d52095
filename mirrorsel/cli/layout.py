"""Text in columns, for terminals as well as for pipes."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from mirrorsel.printable import printable

_GAP = "  "
_INDENT = "      "


class _Output(Console):
    """A console that leaves it to the program what a closed pipe means."""

    def on_broken_pipe(self) -> None:
        """Let the error through; by itself rich ends the process with 1."""
        raise BrokenPipeError


def make_console(*, stderr: bool = False) -> Console:
    """Return what prints to standard output: as it is told, with nothing made up.

    With `stderr` it prints to standard error.
    """
    return _Output(highlight=False, markup=False, emoji=False, stderr=stderr)


def cell(words: object, style: str = "") -> Text:
    """Return text that no terminal obeys: control characters become blanks."""
    return Text(printable(str(words)), style)


def print_rows(console: Console, rows: Sequence[Sequence[Text]]) -> None:
    """Print rows of cells with their columns aligned; see `lines_of`."""
    for line in lines_of(console, rows):
        console.print(line, soft_wrap=True)


def lines_of(console: Console, rows: Sequence[Sequence[Text]]) -> Iterator[Text]:
    """Yield the lines of rows of cells with their columns aligned; nothing is cut off.

    On a terminal, a cell that does not fit goes to an indented line of its own;
    words are kept whole. Elsewhere each row is one line. A row of a single cell is a
    heading, which makes no column wider.
    """
    table = [row for row in rows if len(row) > 1]
    widths = [
        max(cell_len(one.plain) for one in column)
        for column in zip_longest(*table, fillvalue=Text())
    ]
    for row in rows:
        for line in _lines(console, row, widths if len(row) > 1 else [0]):
            line.rstrip()
            yield line


def print_note(console: Console, words: str, style: str = "") -> None:
    """Print words that belong to no table, indented as rows are."""
    print_rows(console, [[cell(words, style)]])


def _lines(
    console: Console, row: Sequence[Text], widths: Sequence[int]
) -> Iterator[Text]:
    line, aligned = Text(_GAP), True
    for one, width in zip(row, widths, strict=False):
        if not _fits(console, one, line.cell_len):
            if line.plain.strip():
                yield line
            line, aligned = Text(_INDENT), False
        start = line.cell_len
        *full, last = _parts(console, one, start)
        for part in full:
            yield line.append_text(part)
            line = Text(" " * start)
        line.append_text(last)
        line.append(" " * (width - last.cell_len if aligned else 0) + _GAP)
    yield line


def _fits(console: Console, one: Text, start: int) -> bool:
    """Return whether a cell can begin in a column, wrapped where that is wide."""
    room = console.width - start
    if not console.is_terminal or one.cell_len <= max(room, 0):
        return True
    longest = max(cell_len(word) for word in one.plain.split())
    return 2 * room > console.width and longest <= room


def _parts(console: Console, one: Text, start: int) -> list[Text]:
    """Return the lines of a cell that begins in a column: at least one."""
    room = console.width - start
    if not console.is_terminal or one.cell_len <= max(room, 0):
        return [one]
    parts = textwrap.wrap(
        one.plain, max(room, 1), break_long_words=False, break_on_hyphens=False
    )
    return [Text(part, one.style) for part in parts]
