"""Signals that end an edit as Ctrl-C does."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

_ENDING = (signal.SIGHUP, signal.SIGTERM)
_ALL = (*_ENDING, signal.SIGINT)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Raise KeyboardInterrupt when the terminal is closed or the process is ended."""
    with _handled(_ENDING, _interrupt):
        yield


@contextmanager
def signals_wait() -> Iterator[None]:
    """Let all signals that would end an edit wait for a moment.

    They are noted and given again at the end: to block them in this thread would leave
    them to any other thread of the process.
    """
    waiting: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        waiting.append(number)

    try:
        with _handled(_ALL, note):
            yield
    finally:
        if waiting:
            signal.raise_signal(waiting[0])


@contextmanager
def _handled(
    numbers: Sequence[int], handler: Callable[[int, FrameType | None], None]
) -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in numbers}
    for number, other in before.items():
        # With nohup, the end of the terminal means nothing.
        if other is not signal.SIG_IGN:
            signal.signal(number, handler)
    try:
        yield
    finally:
        for number, other in before.items():
            signal.signal(number, other)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
