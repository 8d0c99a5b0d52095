"""The way through all folders of a tree."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from mirrorsel.indexing.omission import Omission, Omissions, refused_name
from mirrorsel.indexing.root import LIST, OutsideError, Root
from mirrorsel.indexing.sign import Sign
from mirrorsel.model import joined

_DEPTH = 64
LARGEST = 2**40
"""Bytes of a file; reading a larger one would take hours."""
_MOST_BY_LINKS = 1_000_000
# Entries of one folder between two rests.
_STEP = 1000
# What was there when its folder was listed, and is there no more.
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR})
_CLOSED = frozenset({errno.EACCES, errno.EPERM})


@dataclass(frozen=True, slots=True)
class Seen:
    """An ordinary file that is published."""

    name: str
    size: int
    sign: Sign


@dataclass(frozen=True, slots=True)
class Visited:
    """One folder."""

    path: str
    """Below the root, which is the empty path itself."""
    files: tuple[Seen, ...] | None
    """None where a fault hides what is in it and below."""


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder that the walk is in."""

    path: str
    above: tuple[tuple[int, int], ...]
    """What tells the folders apart that it lies in."""
    by_link: bool
    """Whether a link led into it."""


class Walk:
    """Visits every folder, the ones above first, and none through a second link.

    A link to a file of the tree is that file once more. A link to a folder is that
    folder once more, in which links to folders are not followed again: so a circle
    ends, and what links multiply stays bounded.

    Args:
        root: The tree.
        omissions: Takes what is left out.
        step: Called after each folder, and now and then in a large one; may raise to
            end the walk.
        most_by_links: How many files and folders are visited through links to
            folders: a thousand links to the whole tree would make it a thousandfold.

    """

    def __init__(
        self,
        root: Root,
        omissions: Omissions,
        step: Callable[[], None],
        *,
        most_by_links: int = _MOST_BY_LINKS,
    ) -> None:
        self._root = root
        self._omissions = omissions
        self._step = step
        self._left_by_links = most_by_links

    def __iter__(self) -> Iterator[Visited]:
        """Yield the folders.

        Raises:
            OSError: the root cannot be listed.

        """
        descriptor = self._root.open_folder("")
        yield from self._inside(descriptor, _Folder("", (), by_link=False))

    def _inside(self, descriptor: int, folder: _Folder) -> Iterator[Visited]:
        """Visit a folder that was opened, which is closed in the end."""
        try:
            above = (*folder.above, _identity(os.fstat(descriptor)))
            folder = replace(folder, above=above)
            listing = _Listing(self._root, folder, self._omissions)
            try:
                with os.scandir(descriptor) as entries:
                    listing.read(entries, self._step)
            except OSError as error:
                if not folder.path:
                    raise
                yield from self._not_opened(folder.path, error)
                return
            if folder.by_link and not self._takes(1 + len(listing.files)):
                self._omissions.add(folder.path, Omission.DEEP)
                return
            yield Visited(folder.path, tuple(listing.files))
            self._step()
            for name in listing.folders:
                yield from self._below(descriptor, folder, name)
        finally:
            os.close(descriptor)
        for name in listing.links:
            yield from self._linked(folder, name)

    def _takes(self, count: int) -> bool:
        """Return whether so much more may come through links."""
        self._left_by_links -= count
        return self._left_by_links >= 0

    def _below(self, above: int, folder: _Folder, name: str) -> Iterator[Visited]:
        path = joined(folder.path, name)
        if len(folder.above) >= _DEPTH:
            self._omissions.add(path, Omission.DEEP)
            return
        try:
            descriptor = os.open(name, LIST, dir_fd=above)
        except OSError as error:
            yield from self._not_opened(path, error)
            return
        below = _Folder(path, folder.above, by_link=folder.by_link)
        yield from self._inside(descriptor, below)

    def _linked(self, folder: _Folder, name: str) -> Iterator[Visited]:
        path = joined(folder.path, name)
        try:
            descriptor = self._root.open_folder(path)
        except OSError as error:
            yield from self._not_opened(path, error)
            return
        if _identity(os.fstat(descriptor)) in folder.above:
            os.close(descriptor)
            self._omissions.add(path, Omission.LINK)
            return
        yield from self._inside(descriptor, _Folder(path, folder.above, by_link=True))

    def _not_opened(self, path: str, error: OSError) -> Iterator[Visited]:
        why = reason(error)
        if why is not None:
            self._omissions.add(path, why)
        if why is Omission.FAULT:
            yield Visited(path, None)


class _Listing:
    """What is in one folder."""

    def __init__(self, root: Root, folder: _Folder, omissions: Omissions) -> None:
        self._root = root
        self._folder = folder
        self._omissions = omissions
        self.files: list[Seen] = []
        self.folders: list[str] = []
        self.links: list[str] = []
        """Links to folders."""

    def read(
        self, entries: Iterator[os.DirEntry[str]], step: Callable[[], None]
    ) -> None:
        """Take in all entries; each kind is sorted, as the order is the system's."""
        for count, entry in enumerate(entries, start=1):
            if not count % _STEP:
                step()
            why = refused_name(entry.name) or self._take(entry)
            if why is not None:
                self._omissions.add(joined(self._folder.path, entry.name), why)
        self.files.sort(key=lambda one: one.name)
        self.folders.sort()
        self.links.sort()

    def _take(self, entry: os.DirEntry[str]) -> Omission | None:
        try:
            if entry.is_symlink():
                return self._take_link(entry.name)
            if entry.is_dir(follow_symlinks=False):
                self.folders.append(entry.name)
                return None
            return self._take_file(entry.name, entry.stat(follow_symlinks=False))
        except OSError as error:
            return reason(error)

    def _take_link(self, name: str) -> Omission | None:
        path = joined(self._folder.path, name)
        try:
            status = self._root.status(path)
        except OSError as error:
            # One that leads to nothing is no file that has gone just now.
            return reason(error) or Omission.LINK
        if not stat.S_ISDIR(status.st_mode):
            return self._take_file(name, status)
        if self._folder.by_link:
            return Omission.DEEP
        self.links.append(name)
        return None

    def _take_file(self, name: str, status: os.stat_result) -> Omission | None:
        if not stat.S_ISREG(status.st_mode):
            return Omission.KIND
        if status.st_size > LARGEST:
            return Omission.LARGE
        self.files.append(Seen(name, status.st_size, Sign.of(status)))
        return None


def reason(error: OSError) -> Omission | None:
    """Return why something that cannot be opened is left out; None if it has gone."""
    if isinstance(error, OutsideError) or error.errno == errno.ELOOP:
        return Omission.LINK
    if error.errno in _GONE:
        return None
    return Omission.CLOSED if error.errno in _CLOSED else Omission.FAULT


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino
