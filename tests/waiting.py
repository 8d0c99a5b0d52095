"""Waiting for what other threads and processes do."""

import time
from collections.abc import Callable


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    """Return when something holds; fail when it does not in time.

    That is long, for a machine that is busy; nothing waits for it without need.
    """
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.01)
