"""One line of a file with a mark under a place, as wide as a terminal shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from mirrorsel.lists.words import spans

_TAB = 8
_CUT = "…"
_MOST = 2000
"""How many characters before and after the place are looked at: lines may be huge."""
_PLACE, _WORD, _NOTHING = "^", "~", " "


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A line, and what stands below it."""

    line: str
    """Without anything that a terminal obeys."""
    marks: str
    """A `^` below the place, and a `~` below the rest of its word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """One character as it is shown."""

    shown: str
    width: int
    mark: str


def excerpt(line: str, column: int, room: int) -> Excerpt:
    """Return as much of a line as there is room for, with the place marked.

    Args:
        line: Without its newline.
        column: The place in characters, counted from 1; behind the end for what is
            missing there.
        room: How many columns of the terminal there are.

    """
    skipped = max(column - 1 - _MOST, 0)
    part = line[skipped : column + _MOST]
    cells = list(_cells(part, column - skipped))
    before, after = _window(cells, column - skipped - 1, max(room, 3))
    left = _CUT * (before + skipped > 0)
    right = _CUT * (after < len(cells) or skipped + len(part) < len(line))
    kept = cells[before:after]
    marks = "".join(_marks(one) for one in kept)
    return Excerpt(
        line=left + "".join(one.shown for one in kept) + right,
        marks=(_NOTHING * len(left) + marks).rstrip(),
    )


def _cells(line: str, column: int) -> Iterator[_Cell]:
    """Yield the characters of a line, with one more where the place is behind it."""
    start, end = _word_at(line, column - 1)
    position = 0
    # What combines with the character before has no width to be marked below.
    marked = column - 1
    while 0 < marked < len(line) and not _width(_shown(line[marked], 0)):
        marked -= 1
    for index, character in enumerate(line):
        shown = _shown(character, position)
        mark = _WORD if start <= index < end else _NOTHING
        width = _width(shown)
        yield _Cell(shown=shown, width=width, mark=_PLACE if index == marked else mark)
        position += width
    if column > len(line):
        yield _Cell(shown=" ", width=1, mark=_PLACE)


def _word_at(line: str, index: int) -> tuple[int, int]:
    """Return where the word at a place starts and ends, nothing if there is none."""
    found = (span for span in spans(line) if span[0] <= index < span[1])
    start, end = next(found, (index, index))
    # Of a comment only the place is marked: it may be long, and is no word.
    return (index, index) if line.startswith("#", start) else (start, end)


def _shown(character: str, position: int) -> str:
    """Return a character as it is shown: what cannot be seen is written out."""
    if character == "\t":
        return " " * (_TAB - position % _TAB)
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode()


def _width(shown: str) -> int:
    return sum(cell_len(one) for one in shown)


def _marks(cell: _Cell) -> str:
    if cell.mark == _PLACE:
        return (_PLACE + _WORD * (cell.width - 1))[: max(cell.width, 1)]
    return cell.mark * cell.width


def _window(cells: Sequence[_Cell], place: int, room: int) -> tuple[int, int]:
    """Return from where to where a line is shown, so that the place is among it."""
    if len(cells) <= _MOST and sum(one.width for one in cells) <= room:
        return 0, len(cells)
    room -= 2 * len(_CUT)
    before, after, used = place, place + 1, cells[place].width
    # Twice as much is shown of what comes before the place as of what comes after.
    for share, step in ((room * 2 // 3, -1), (room, 1), (room, -1)):
        while 0 <= (index := before - 1 if step < 0 else after) < len(cells):
            if used + cells[index].width > share:
                break
            used += cells[index].width
            before, after = (before - 1, after) if step < 0 else (before, after + 1)
    return before, after
