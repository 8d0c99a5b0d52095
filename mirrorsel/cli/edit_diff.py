"""The difference between two versions of a list, line by line."""

from collections.abc import Iterator

from rich.console import Console

from mirrorsel.cli.layout import cell
from mirrorsel.cli.line_diff import unified

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def show_difference(console: Console, old: bytes, new: bytes) -> None:
    """Print which lines go and come, with a few around them."""
    for line in _lines(old, new):
        console.print(cell(line, _STYLES.get(line[:1], "")), soft_wrap=True)


def _lines(old: bytes, new: bytes) -> Iterator[str]:
    before, after = (one.decode(errors="replace").split("\n") for one in (old, new))
    return unified(before, after, context=2)
