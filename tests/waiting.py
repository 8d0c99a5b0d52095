"""Waiting for what other threads and processes do."""

import socket
import time
from collections.abc import Callable


def eventually(true: Callable[[], bool], seconds: float = 30) -> bool:
    """Return whether something comes true in time; it is asked again and again.

    That is long, for a machine that is busy; nothing waits for it without need.
    """
    end = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < end:
        time.sleep(0.02)
    return found


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    """Return when something holds; fail when it does not in time."""
    assert eventually(condition, seconds), "it did not come to pass"


def listens(host: str, port: int) -> bool:
    """Return whether a server takes connections."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True
