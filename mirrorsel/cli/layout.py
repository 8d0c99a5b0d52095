"""Text in columns, for terminals as well as for pipes."""

from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

_GAP = "  "
_UNITS = (("d", 86400), ("h", 3600), ("min", 60))


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
    shown = "".join(one if one.isprintable() else " " for one in str(words))
    return Text(shown, style)


def print_rows(console: Console, rows: Sequence[Sequence[Text]]) -> None:
    """Print rows of cells with their columns aligned; nothing is cut off."""
    widths = [
        max(cell_len(one.plain) for one in column)
        for column in zip_longest(*rows, fillvalue=Text())
    ]
    for row in rows:
        line = Text()
        for one, width in zip(row, widths, strict=False):
            line.append(_GAP).append_text(one)
            line.append(" " * (width - cell_len(one.plain)))
        line.rstrip()
        console.print(line, soft_wrap=True)


def age(moment: datetime, now: datetime) -> str:
    """Return how long ago a moment was, as in "5 min" or "2 d"."""
    seconds = max(0.0, (now - moment).total_seconds())
    for unit, length in _UNITS:
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"
