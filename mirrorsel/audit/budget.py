"""How long one audit may think: whoever writes a `.htaccess` must not stop it."""

import time
from collections.abc import Callable

SECONDS = 300.0
"""How much of a processor's time questions may take, in seconds."""


class Budget:
    """The time that is left; of the processor, so that a busy machine takes none."""

    def __init__(
        self, seconds: float = SECONDS, clock: Callable[[], float] = time.process_time
    ) -> None:
        """Start counting."""
        self._clock = clock
        self._end = clock() + seconds

    @property
    def spent(self) -> bool:
        """Whether there is nothing left."""
        return self._clock() >= self._end
