"""The difference between two versions of a list, line by line."""

import difflib
from collections.abc import Iterator

from rich.console import Console

from mirrorsel.cli.layout import cell

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def show_difference(console: Console, old: bytes, new: bytes) -> None:
    """Print which lines go and come, with a few around them."""
    for line in _lines(old, new):
        console.print(cell(line, _STYLES.get(line[:1], "")), soft_wrap=True)


def _lines(old: bytes, new: bytes) -> Iterator[str]:
    before, after = (one.decode(errors="replace").split("\n") for one in (old, new))
    lines = difflib.unified_diff(before, after, n=2, lineterm="")
    # The names of the files stand in the first two.
    return (line for number, line in enumerate(lines) if number > 1)
