"""A memory of answers that cannot grow without bound."""

from collections import OrderedDict
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Bounded(OrderedDict[K, V]):
    """A dictionary that forgets its oldest answer for each new one when it is full.

    Keeping track of use would cost more than to work out anew, now and then, what is
    asked for often. Assignments by several threads do no harm.
    """

    def __init__(self, limit: int) -> None:
        """Hold at most `limit` keys, at least one."""
        super().__init__()
        self._limit = max(1, limit)

    def __setitem__(self, key: K, value: V) -> None:
        """Remember one answer."""
        super().__setitem__(key, value)
        if len(self) > self._limit:
            self.popitem(last=False)
