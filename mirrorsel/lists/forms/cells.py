"""The cells of a CSV text (RFC 4180), each with the place where it stands.

Python's own reader tells no columns, and takes in silence what is no CSV.
"""

import re
from collections.abc import Iterator

from mirrorsel.lists.forms.draft import Text

_CELL = re.compile(r'"(?P<quoted>[^"]*(?:""[^"]*)*)"|(?P<plain>[^",\r\n]*)')
_END = re.compile(r",|\r?\n|\Z")
# What a spreadsheet takes for the start of a formula, in its wide forms too; quotes
# before it are such that were put there.
_FORMULA = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_GUARD = "'"
_MOST = 100


class CellError(Exception):
    """The text is no CSV from a place on; it never leaves this package."""

    place: Text

    def __init__(self, message: str, place: Text) -> None:
        super().__init__(message)
        self.place = place


def rows_of(text: str) -> Iterator[tuple[Text, ...]]:
    """Yield the rows; empty lines are none.

    Raises:
        CellError: a quote is not closed, or stands within a cell; or a row has more
            than a hundred cells.

    """
    row: list[Text] = []
    line, start, position = 1, 0, 0
    while position < len(text):
        place = Text("", line, position - start + 1)
        if len(row) == _MOST:
            raise CellError(f"a row has at most {_MOST} cells", place)
        cell, end = _match(text, place, position)
        row.append(place._replace(text=_content(cell)))
        breaks = text.count("\n", position, cell.end())
        if breaks:
            line, start = line + breaks, text.rindex("\n", position, cell.end()) + 1
        position = end.end()
        if end[0] != ",":
            if row != [place]:
                yield tuple(row)
            row, line, start = [], line + 1, position
    if row:
        yield (*row, Text("", line, position - start + 1))


def guarded(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula: with a quote before it."""
    return f"{_GUARD}{text}" if _FORMULA.match(text) else text


def unguarded(cell: Text) -> Text:
    """Return a text without the quote that `guarded` put before it."""
    if cell.text.startswith(_GUARD) and _FORMULA.match(cell.text):
        return cell._replace(text=cell.text[1:], column=cell.column + 1)
    return cell


def _match(
    text: str, place: Text, position: int
) -> tuple[re.Match[str], re.Match[str]]:
    """Return the cell that begins at a position, and what ends it."""
    cell = _CELL.match(text, position)
    end = cell and _END.match(text, cell.end())
    if cell is not None and end is not None:
        return cell, end
    if cell is not None and cell["quoted"] is not None:
        raise CellError("a comma or the end of the line must follow the quote", place)
    if text.startswith('"', position):
        raise CellError("this double quote is never closed", place)
    message = "a cell with a double quote or a carriage return must stand in quotes"
    raise CellError(message, place)


def _content(cell: re.Match[str]) -> str:
    quoted: str | None = cell["quoted"]
    return cell["plain"] if quoted is None else quoted.replace('""', '"')
