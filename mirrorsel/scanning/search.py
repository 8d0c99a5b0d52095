"""The search for new files on mirrors: which of them, and when again."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from mirrorsel.model import Mirror, Presence, PublishedFile
from mirrorsel.tree import FileIndex, Holders

_MINUTE = 60.0
# Most mirrors copy the tree every few hours, some at once when they are told.
_PAUSES = tuple(_MINUTE * one for one in (1, 2, 5, 10, 20, 30))
MOST = 50
"""How many files are looked for on one mirror at once; of more, a few stand for all,
and the mirror is scanned when it has one of these."""
_STANDING_FOR_ALL = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """The search for new files on one mirror; times in seconds."""

    newest: int
    """The highest number of a file when it began."""
    at: float
    """When they are looked for next."""
    looks: int = 0
    """How often they were."""

    def after_look(self, now: float) -> "Search":
        """Return what follows a look that left something to be found."""
        pause = _PAUSES[min(self.looks, len(_PAUSES) - 1)]
        return replace(self, at=now + pause, looks=self.looks + 1)


def renewed(search: Search | None, newest: int, now: float) -> Search:
    """Return the search to go by: one that begins at once where a file is new."""
    if search is None or newest > search.newest:
        return Search(newest=newest, at=now)
    # The clock may have been set back.
    return replace(search, at=min(search.at, now + _PAUSES[-1]))


def sought(
    holders: Holders,
    url: str,
    new: Iterable[PublishedFile],
    carries: Callable[[str], bool],
) -> tuple[PublishedFile, ...]:
    """Return the new files that a mirror is not known to have, and should get.

    Args:
        holders: What is known of mirrors.
        url: A mirror that was scanned.
        new: All files that are new to any mirror, in the order of their numbers.
        carries: Whether the mirror has files of a folder, or of the next one above
            that is not new.

    """
    first, _ = holders.reached.get(url, (0, 0))
    return tuple(
        one
        for one in new
        if one.number >= first
        and holders.presence(url, one.number) is not Presence.HELD
        and carries(one.path.rpartition("/")[0])
    )


def looked_for(files: Sequence[PublishedFile]) -> tuple[PublishedFile, ...]:
    """Return the files that are looked for at once: all, or a few from all over."""
    if len(files) <= MOST:
        return tuple(files)
    step = (len(files) - 1) / (_STANDING_FOR_ALL - 1)
    return tuple(files[round(one * step)] for one in range(_STANDING_FOR_ALL))


class Carried:
    """Which folders a mirror carries, by the files that it had before the new ones.

    Args:
        files: The published files.
        holders: What is known of mirrors.
        mirror: The mirror.

    """

    def __init__(self, files: FileIndex, holders: Holders, mirror: Mirror) -> None:
        self._files = files
        self._holders = holders
        self._mirror = mirror
        self._first, _ = holders.reached.get(mirror.url, (0, 0))
        self._known: dict[str, bool] = {"": True}

    def __call__(self, folder: str) -> bool:
        """Return whether files in a folder are to be expected."""
        return self._mirror.carries(folder) and self._has(folder)

    def _has(self, folder: str) -> bool:
        if folder not in self._known:
            self._known[folder] = self._look(folder)
        return self._known[folder]

    def _look(self, folder: str) -> bool:
        is_new = True
        for number in self._files.numbers_below(folder):
            if number < self._first:
                is_new = False
                presence = self._holders.presence(self._mirror.url, number)
                if presence is not Presence.MISSING:
                    return True
        return is_new and self._has(folder.rpartition("/")[0])
