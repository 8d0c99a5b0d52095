"""Signals that end an edit as Ctrl-C does."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ENDING = (signal.SIGHUP, signal.SIGTERM)
_ALL = (*_ENDING, signal.SIGINT)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Raise KeyboardInterrupt when the terminal is closed or the process is ended."""
    before = {number: signal.getsignal(number) for number in _ENDING}
    for number, handler in before.items():
        # With nohup, the end of the terminal means nothing.
        if handler is not signal.SIG_IGN:
            signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def signals_wait() -> Iterator[None]:
    """Let all signals that would end an edit wait for a moment.

    They are noted and given again at the end: to block them in this thread would leave
    them to any other thread of the process.
    """
    waiting: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        waiting.append(number)

    before = {number: signal.getsignal(number) for number in _ALL}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, note)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if waiting:
            signal.raise_signal(waiting[0])


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
