"""What a block of code raised, kept for whoever asks."""

from types import TracebackType
from typing import Self


class Caught:
    """Keeps what is raised in its `with` block, which ends there.

    For loops and threads that must outlive a mistake in what they call; see also
    `mirrorsel.state.attempt`, which cannot be left before the call has ended.

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
