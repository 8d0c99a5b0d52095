"""How a download goes, for the person at the terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from mirrorsel.cli.layout import cell, make_console
from mirrorsel.supply import Told


@contextmanager
def shown(name: str) -> Iterator[Told]:
    """Show a bar on the terminal, while something of that name is downloaded."""
    console = make_console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task(name, total=None)
        yield Told(
            progress=lambda done, total: bar.update(task, completed=done, total=total),
            # The console knows of the bar, and prints above it.
            trouble=lambda words: console.print(
                cell(f"mirrorsel: {words}"), soft_wrap=True
            ),
        )
