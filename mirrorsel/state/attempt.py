"""A call whose failure is a value, of whatever kind it is."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def attempt(call: Callable[[], T]) -> Future[T]:
    """Run a call to its end, in a thread of its own, and return what came of it.

    For loops that must outlive a mistake in what they call: `exception` of the
    result is None, or what was raised.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(call)
