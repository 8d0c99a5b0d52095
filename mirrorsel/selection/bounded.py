"""A memory of answers that cannot grow without bound."""

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Bounded(dict[K, V]):
    """A dictionary that forgets everything when it is full.

    Starting anew costs less than keeping track of use, and what is asked for
    often is back at once. Assignments by several threads do no harm.
    """

    def __init__(self, limit: int) -> None:
        """Hold at most `limit` keys, at least one."""
        super().__init__()
        self._limit = max(1, limit)

    def __setitem__(self, key: K, value: V) -> None:
        """Remember one answer."""
        if len(self) >= self._limit:
            self.clear()
        super().__setitem__(key, value)
