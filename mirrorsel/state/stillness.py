"""Waiting for a file that is being written."""

import time
from collections.abc import Callable
from pathlib import Path

SETTLE = 1.0
"""For so many seconds a file that people edit in place must have stood still."""
_LONGEST = 3.0


def await_stillness(
    path: Path,
    *,
    now: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Return when a file has stood still, so that a start reads no half of it.

    It returns at once for a file that is missing or dated in the future, and after
    three seconds in any case: a start must come to an end.
    """
    waited = 0.0
    while waited < _LONGEST and (rest := _rest(path, now())) > 0:
        sleep(rest)
        waited += rest


def _rest(path: Path, now: float) -> float:
    """Return for how many seconds a file must go on to stand still."""
    try:
        age = now - path.stat().st_ctime
    except OSError:
        return 0.0
    return SETTLE - age if age >= 0 else 0.0
