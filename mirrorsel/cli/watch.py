"""What is looked at again and again, until somebody has seen enough."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from mirrorsel.cli.exits import CANNOT_TELL
from mirrorsel.cli.layout import cell, lines_of, make_console
from mirrorsel.cli.look import Look, print_look
from mirrorsel.cli.standing_shown import watched_lines

_Show = Callable[[Look], None]


def watch(look: Callable[[], Look], seconds: float, *, as_json: bool) -> int:
    """Show what is seen until Ctrl-C; return the exit code of the last look.

    On a terminal it is shown in place; elsewhere, and as JSON, it is printed again
    with each new snapshot.

    Args:
        look: Looks once.
        seconds: From one look to the next.
        as_json: Whether to print an object a line.

    """
    console, code = make_console(), CANNOT_TELL
    in_place = console.is_terminal and not as_json
    shown = _in_place(console, seconds) if in_place else _printed(as_json=as_json)
    with suppress(KeyboardInterrupt), shown as show:
        while True:
            seen = look()
            code = seen.code
            show(seen)
            time.sleep(seconds)
    return code


@contextmanager
def _in_place(console: Console, seconds: float) -> Iterator[_Show]:
    with Live(console=console, screen=True, auto_refresh=False) as live:
        yield lambda seen: live.update(_window(console, seen, seconds), refresh=True)


@contextmanager
def _printed(*, as_json: bool) -> Iterator[_Show]:
    last: list[object] = [None]

    def show(seen: Look) -> None:
        # Without a snapshot, what is wrong is told once.
        new = seen.status.taken if seen.status else seen.complaints
        if new != last[0]:
            last[0] = new
            print_look(seen, as_json=as_json, compact=True)

    yield show


def _window(console: Console, seen: Look, seconds: float) -> Group:
    """Return as much as the terminal has lines for, and how much more there is."""
    lines = list(_lines(console, seen, seconds))
    room = max(console.height, 2)
    if len(lines) > room:
        more = f"  … {len(lines) - room + 1} more lines"
        lines = [*lines[: room - 1], cell(more, "dim")]
    for line in lines:
        line.no_wrap, line.overflow = True, "ellipsis"
    return Group(*lines)


def _lines(console: Console, seen: Look, seconds: float) -> Iterator[Text]:
    yield cell(f"  {_clock(seen.now)}, every {seconds:g} s until Ctrl-C", "dim")
    yield from lines_of(console, [[cell(f"! {one}", "red")] for one in seen.complaints])
    if seen.status is not None:
        yield from watched_lines(console, seen.status, seen.now)


def _clock(now: datetime) -> str:
    return f"{now.astimezone():%Y-%m-%d %H:%M:%S %Z}"
