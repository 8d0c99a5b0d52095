"""The progress of long work, shown where somebody watches."""

from collections.abc import Iterable
from typing import TypeVar

from rich.progress import track

from mirrorsel.cli.layout import make_console

T = TypeVar("T")


def followed(steps: Iterable[T], total: int, words: str) -> Iterable[T]:
    """Return the steps, of which there are so many, and what they do in words."""
    console = make_console(stderr=True)
    return track(
        steps,
        description=words,
        total=total,
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
