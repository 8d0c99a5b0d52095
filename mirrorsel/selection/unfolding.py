"""A sequence that is worked out as far as anybody has asked."""

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")

_FIRST = 1
_MORE = 4


class Unfolding(Generic[T]):
    """Items that are made when they are first asked for, and then kept.

    More of them are made by beginning again, each time for several times as many,
    so that nothing half done is kept. Any number of threads may iterate.
    """

    __slots__ = ("_known", "_make")

    def __init__(self, make: Callable[[int], Sequence[T]]) -> None:
        """Take what makes at least so many items, fewer only if there are no more."""
        self._known: tuple[Sequence[T], bool] = (), False
        self._make = make

    def __iter__(self) -> Iterator[T]:
        """Yield all items."""
        place = 0
        while True:
            known, complete = self._known
            yield from known[place:]
            # Another thread may have put fewer in the place of more.
            place = max(place, len(known))
            if complete:
                return
            count = place * _MORE or _FIRST
            made = self._make(count)
            self._known = made, len(made) < count
