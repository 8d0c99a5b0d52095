"""A memory of answers that cannot grow without bound."""

from itertools import islice
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

_PARTS = 16


class Bounded(dict[K, V]):
    """A dictionary that forgets its oldest answers when it is full.

    Keeping track of use would cost more than to work out anew, now and then, what is
    asked for often; and so would forgetting one by one. Assignments by several
    threads do no harm.
    """

    def __init__(self, limit: int) -> None:
        """Hold at most `limit` keys, at least one."""
        super().__init__()
        self._limit = max(1, limit)

    def __setitem__(self, key: K, value: V) -> None:
        """Remember one answer."""
        if len(self) >= self._limit:
            for old in list(islice(self, self._limit // _PARTS + 1)):
                self.pop(old, None)
        dict.__setitem__(self, key, value)
