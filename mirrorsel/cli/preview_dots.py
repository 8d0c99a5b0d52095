"""A map of dots on a terminal, with what an edit changes."""

from collections.abc import Mapping
from types import MappingProxyType

from rich.console import Console
from rich.text import Text

from mirrorsel.geo import load_towns
from mirrorsel.preview import Effect
from mirrorsel.preview.marks import WORDS, Mark, Sign, marks
from mirrorsel.preview.raster import Raster

_WIDE, _HIGH = 100, 56
"""The smallest terminal that gets a map unasked."""
_INDENT = 2
_MOST, _LEAST = 84, 20

_SIGNS: Mapping[Sign, tuple[str, str]] = MappingProxyType(
    {
        Sign.LOSES: ("▼", "bold red"),
        Sign.GAINS: ("▲", "bold green"),
        Sign.MOVES: ("◆", "yellow"),
        Sign.ADDED: ("+", "bold green"),
        Sign.CHANGED: ("~", "bold yellow"),
        Sign.REMOVED: ("×", "bold red"),  # noqa: RUF001 - the sign, and no letter
    }
)


def show_dots(console: Console, effect: Effect, *, wanted: bool | None = None) -> None:
    """Print a map where there is room for one, and something to show on it.

    Args:
        console: Where to.
        effect: What an edit changes.
        wanted: Whether there is to be one; None for: if the terminal is large.

    """
    shown = marks(effect)
    if not (shown and (_suits(console) if wanted is None else wanted)):
        return
    columns = max(_LEAST, min(_MOST, console.width - 2 * _INDENT))
    console.print()
    for line in _lines(Raster(columns), shown):
        line.rstrip()
        console.print(Text(" " * _INDENT).append_text(line), soft_wrap=True)
    console.print(_legend(shown), soft_wrap=True)


def _suits(console: Console) -> bool:
    return (
        console.is_terminal
        and console.encoding.lower().startswith("utf")
        and console.width >= _WIDE
        and console.height >= _HIGH
    )


def _lines(raster: Raster, shown: tuple[Mark, ...]) -> list[Text]:
    rows = [list(row) for row in raster.land(load_towns())]
    styles = [["dim"] * raster.columns for _ in rows]
    taken: set[tuple[int, int]] = set()
    # The most important comes first, and what lies there too stands beside it.
    for mark in reversed(shown):
        row, middle = raster.cell(mark.place)
        for column in (middle, middle + 1, middle - 1):
            if 0 <= column < raster.columns and (row, column) not in taken:
                rows[row][column], styles[row][column] = _SIGNS[mark.sign]
                taken.add((row, column))
                break
    return [
        Text.assemble(*zip(row, style, strict=True))
        for row, style in zip(rows, styles, strict=True)
    ]


def _legend(shown: tuple[Mark, ...]) -> Text:
    there = {one.sign for one in shown}
    legend = Text(" " * _INDENT)
    for sign, words in WORDS.items():
        if sign in there:
            letter, style = _SIGNS[sign]
            legend.append(letter, style).append(f" {words}   ")
    legend.rstrip()
    return legend
