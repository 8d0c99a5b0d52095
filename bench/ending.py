"""The end of a program that has started others, when it is told to end."""

import atexit
import contextlib
import os
import signal
from pathlib import Path
from types import FrameType
from typing import NoReturn

_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def end_in_order() -> None:
    """Let signals end this process with what it has started, and without a traceback.

    Python itself would be gone at once, and leave every httpd behind.
    """
    atexit.register(_end_rest)
    for number in _STOPS:
        # What nohup has asked for stays.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    # A second one would break off what the first one has begun.
    for one in _STOPS:
        signal.signal(one, signal.SIG_IGN)
    raise SystemExit(128 + number)


def _end_rest() -> None:
    """End what nobody knows of, as the signal came while it was being started."""
    for task in Path("/proc/self/task").glob("*/children"):
        for pid in task.read_text().split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGTERM)
