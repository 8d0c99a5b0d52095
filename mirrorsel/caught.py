"""What a block of code raised, kept for whoever asks."""

from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar

T = TypeVar("T")


class Caught:
    """Keeps what is raised in its `with` block, which ends there.

    For loops and threads that must outlive a mistake in what they call.

    Args:
        kind: What is kept; anything else is raised on.

    """

    error: BaseException | None
    """What was raised; None if nothing was."""

    def __init__(self, kind: type[BaseException]) -> None:
        self.error = None
        self._kind = kind

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if not isinstance(error, self._kind):
            return False
        self.error = error
        return True


def attempt(
    call: Callable[[], T], kind: type[BaseException] = Exception
) -> tuple[T | None, BaseException | None]:
    """Return what a call returns, or what it raised of some kind."""
    result: T | None = None
    with Caught(kind) as caught:
        result = call()
    return result, caught.error
