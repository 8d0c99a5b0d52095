"""What an edit of the list changes, for a person."""

from collections.abc import Sequence

from rich.console import Console

from mirrorsel.cli.layout import cell, print_note, print_rows
from mirrorsel.cli.preview_notes import remarks
from mirrorsel.cli.preview_rows import Row, country_rows, loss_rows, mirror_rows
from mirrorsel.preview import Effect
from mirrorsel.preview.words import assumption, headline, losers

_MOST, _LEAST, _BRIEF = 12, 4, 2
_MORE = "; --all shows them"
_OTHER_LINES = 18
"""How many lines there are besides the tables, or nearly so."""


def show_effect(console: Console, effect: Effect) -> None:
    """Print the most important of what an edit changes, in some ten lines."""
    _print_headline(console, effect)
    _print_losses(console, effect, _BRIEF)
    if not effect.losses:
        _print_table(console, country_rows(effect))
    _print_table(console, mirror_rows(console, effect))
    for one in assumption(effect):
        print_note(console, one, "dim")


def show_head(console: Console, effect: Effect, *, every: bool = False) -> None:
    """Print the sentence that sums it up, and what harms; with `every`, all of it."""
    _print_headline(console, effect)
    _print_losses(console, effect, None if every else _most(console), _MORE)


def show_tables(console: Console, effect: Effect, *, every: bool = False) -> None:
    """Print the countries and the mirrors that change, and how to read them.

    With `every`, those that do not are printed too.
    """
    most = None if every else _most(console)
    for head, *rows in (
        country_rows(effect, every=every),
        mirror_rows(console, effect, every=every),
    ):
        if rows:
            console.print()
            _print(console, [head, *rows], most and most + 1, _MORE)
    console.print()
    for remark in remarks(effect):
        print_note(console, remark, "dim")


def _print_headline(console: Console, effect: Effect) -> None:
    console.print(cell(headline(effect), "bold"), soft_wrap=True)
    if effect.basis.taken is None:
        words = "There is no snapshot: all mirrors count as never probed."
        console.print(cell(words, "yellow"), soft_wrap=True)


def _print_losses(
    console: Console, effect: Effect, most: int | None, more: str = ""
) -> None:
    if effect.losses:
        console.print(cell(f"{losers(effect)}:", "bold red"), soft_wrap=True)
        _print(console, loss_rows(effect), most, more)


def _print_table(console: Console, rows: Sequence[Row]) -> None:
    if len(rows) > 1:
        _print(console, rows, 1 + _BRIEF)


def _print(
    console: Console, rows: Sequence[Row], most: int | None, more: str = ""
) -> None:
    print_rows(console, rows[:most])
    left = len(rows) - len(rows[:most])
    if left:
        print_note(console, f"and {left:,} more{more}", "dim")


def _most(console: Console) -> int:
    """Return how many rows a table may have."""
    if not console.is_terminal:
        return _MOST
    return max(_LEAST, min(_MOST, (console.height - _OTHER_LINES) // 2))
