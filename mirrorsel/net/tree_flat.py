"""A whole tree that comes in one list, whatever the folders."""

from collections.abc import Iterable

from mirrorsel.listing import Entry, ListedFile
from mirrorsel.model import joined
from mirrorsel.net.pace import Pace
from mirrorsel.net.tree_walk import Wanted


class FlatTree:
    """Sorts what comes into folders, which are covered when all has come.

    Args:
        prefix: The folder that is listed; empty for the root.
        wanted: What is wanted, and who is told.
        pace: Counts what comes.

    """

    def __init__(self, prefix: str, wanted: Wanted, pace: Pace) -> None:
        self._prefix = prefix
        self._wanted = wanted
        self._pace = pace
        self._folders: dict[str, set[str]] = {prefix: set()}
        self._unwanted: str | None = None
        self._links: dict[str, None] = {}

    @property
    def links(self) -> list[str]:
        """The links that stand where a folder is wanted."""
        return list(self._links)

    def put(self, folder: str, entry: Entry) -> None:
        """Take what lies in a folder, given below the prefix.

        Raises:
            StopError: there was too much.

        """
        self._pace.count()
        above = joined(self._prefix, folder) if folder else self._prefix
        if not self._is_wanted(above):
            return
        path = joined(above, entry.name)
        if entry.folder:
            self._is_wanted(path)
        elif entry.link and self._wanted.folder(path):
            self._folders[above].add(entry.name)
            self._links[path] = None
        else:
            self._wanted.seen(ListedFile.of(above, entry))

    def pass_over(self) -> None:
        """Take note of what no tree publishes, which costs as much.

        Raises:
            StopError: there was too much.

        """
        self._pace.count()

    def cover(self, unreadable: Iterable[str]) -> list[str]:
        """Take note that all has come, but for some folders given below the prefix.

        Returns:
            The folders that were not covered.

        """
        left_out = {joined(self._prefix, one).rstrip("/") for one in unreadable}
        for folder, names in self._folders.items():
            if folder not in left_out:
                self._wanted.coverage.add(folder, names)
        return sorted(left_out)

    def _is_wanted(self, folder: str) -> bool:
        """Return whether a folder is wanted, and those above it; the tree has it."""
        if folder in self._folders:
            return True
        # Lists are sorted; to remember all would take what memory a mirror likes.
        if folder == self._unwanted:
            return False
        above, _, name = folder.rpartition("/")
        deep = folder.count("/") >= self._pace.reach.depth
        if deep or not self._is_wanted(above) or not self._wanted.folder(folder):
            self._unwanted = folder
            return False
        self._folders[above].add(name)
        self._folders[folder] = set()
        return True
