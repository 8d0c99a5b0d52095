"""What an edit of the list changes, for a person."""

from rich.console import Console

from mirrorsel.cli.layout import cell, print_note
from mirrorsel.preview import Effect


def show_effect(console: Console, effect: Effect, *, brief: bool = False) -> None:
    """Print what an edit changes; with `brief` in some ten lines.

    Args:
        console: Where to.
        effect: What it changes.
        brief: Whether only the heads and the gravest are wanted.

    """
    edit = effect.edit
    counts = (
        f"{len(edit.added)} added, {len(edit.removed)} removed,"
        f" {len(edit.changed)} changed; {effect.moved:.1%} of all clients move"
    )
    console.print(cell(counts, "bold"), soft_wrap=True)
    for one in effect.losses[: 3 if brief else None]:
        print_note(console, f"{one.verdict}: {one.name}", "red")
