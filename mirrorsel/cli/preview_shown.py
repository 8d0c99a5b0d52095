"""What an edit of the list changes, for a person."""

from collections.abc import Sequence

from rich.console import Console

from mirrorsel.cli.layout import cell, print_note, print_rows
from mirrorsel.cli.preview_notes import remarks
from mirrorsel.cli.preview_rows import Row, country_rows, loss_rows, mirror_rows
from mirrorsel.preview import Effect
from mirrorsel.preview.words import headline, losers

_MOST, _LEAST, _BRIEF = 12, 4, 2
_OTHER_LINES = 18
"""How many lines there are besides the tables, or nearly so."""


def show_effect(
    console: Console, effect: Effect, *, brief: bool = False, every: bool = False
) -> None:
    """Print what an edit changes, what harms first.

    Args:
        console: Where to.
        effect: What it changes.
        brief: Whether some ten lines are enough.
        every: Whether all rows are wanted, also of what stays as it is.

    """
    show_head(console, effect, brief=brief, every=every)
    show_tables(console, effect, brief=brief, every=every)


def show_head(
    console: Console, effect: Effect, *, brief: bool = False, every: bool = False
) -> None:
    """Print the sentence that sums it up, and what harms."""
    console.print(cell(headline(effect), "bold"), soft_wrap=True)
    if effect.basis.taken is None:
        words = "There is no snapshot: all mirrors count as never probed."
        console.print(cell(words, "yellow"), soft_wrap=True)
    if effect.losses:
        console.print(cell(f"{losers(effect)}:", "bold red"), soft_wrap=True)
        most = _most(console, brief=brief, every=every)
        _print(console, loss_rows(effect), most, brief=brief)


def show_tables(
    console: Console, effect: Effect, *, brief: bool = False, every: bool = False
) -> None:
    """Print the countries and the mirrors that change, and how to read them."""
    most = _most(console, brief=brief, every=every)
    for rows in (
        country_rows(effect, every=every),
        mirror_rows(console, effect, every=every, bars=not brief),
    ):
        if len(rows) > 1:
            _gap(console, brief=brief)
            _print(console, rows, most and most + 1, brief=brief)
    if not brief:
        console.print()
        for remark in remarks(effect):
            print_note(console, remark, "dim")


def _print(
    console: Console, rows: Sequence[Row], most: int | None, *, brief: bool
) -> None:
    print_rows(console, rows[:most])
    left = len(rows) - len(rows[:most])
    if left:
        # The verbs that are brief have no such option.
        more = "" if brief else "; --all shows them"
        print_note(console, f"and {left:,} more{more}", "dim")


def _gap(console: Console, *, brief: bool) -> None:
    if not brief:
        console.print()


def _most(console: Console, *, brief: bool, every: bool) -> int | None:
    """Return how many rows a table may have; None for all."""
    if every or brief:
        return None if every else _BRIEF
    if not console.is_terminal:
        return _MOST
    return max(_LEAST, min(_MOST, (console.height - _OTHER_LINES) // 2))
