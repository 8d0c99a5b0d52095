"""What a listing of a mirror has covered, so that it tells what is not there."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from mirrorsel.listing.name import may_be_hidden
from mirrorsel.model import joined


class Coverage:
    """The folders that were listed as a whole.

    A listing that was broken off goes on where it ended when it is given the same
    one again.

    Args:
        folders: Each listed folder with the names of the wanted folders in it, as
            `folders` had them.
        gone: Folders that are not there.
        hides: Whether the server may leave names out of its lists that are there.

    """

    def __init__(
        self,
        folders: Mapping[str, Iterable[str]] | None = None,
        gone: Iterable[str] = (),
        *,
        hides: bool = False,
    ) -> None:
        self._folders = {path: tuple(names) for path, names in (folders or {}).items()}
        self._gone = set(gone)
        self.hides = hides
        """Whether the server may leave names out of its lists that are there."""

    @property
    def folders(self) -> Mapping[str, tuple[str, ...]]:
        """Each listed folder with the names of the wanted folders in it."""
        return MappingProxyType(self._folders)

    @property
    def gone(self) -> frozenset[str]:
        """The folders that were asked for and are not there."""
        return frozenset(self._gone)

    def add(self, folder: str, folders: Iterable[str]) -> None:
        """Take note that a folder was listed, with the wanted folders in it."""
        self._folders[folder] = tuple(folders)

    def lose(self, folder: str) -> None:
        """Take note that a folder is not there."""
        self._gone.add(folder)

    def lacks(self, path: str) -> bool:
        """Return whether a published file that was not seen is surely not there.

        It is so where its folder was listed, or where a folder above was that has no
        way to it.
        """
        folder, _, name = path.rpartition("/")
        while folder not in self._folders:
            if folder in self._gone:
                return True
            if not folder:
                return False
            folder, _, name = folder.rpartition("/")
            # The folder is there, and was not listed itself.
            if name in self._folders.get(folder, ()):
                return False
        return not (self.hides and may_be_hidden(name))

    def open_below(self, folder: str) -> list[str]:
        """Return the folders from one on that were found and not listed yet."""
        found, waiting = [], [folder]
        while waiting:
            path = waiting.pop()
            if path in self._gone:
                continue
            if path not in self._folders:
                found.append(path)
                continue
            waiting += [joined(path, name) for name in self._folders[path]]
        return found
