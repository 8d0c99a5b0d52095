"""A look at the files of the published folders, and at what links in them lead to."""

import errno
import os
import posixpath
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from mirrorsel.audit.accounts import Account, writer
from mirrorsel.audit.acl import Writers, writers_of
from mirrorsel.audit.bounds import Bounds
from mirrorsel.audit.document import Document, Documents, Trait
from mirrorsel.audit.source import parse_source
from mirrorsel.audit.traits import HEAD, traits_of
from mirrorsel.audit.tree import inside
from mirrorsel.audit.walk import ancestors
from mirrorsel.errors import HttpdError
from mirrorsel.regular import MEBIBYTE, open_regular, read_regular

if TYPE_CHECKING:
    from mirrorsel.audit.directive import Directive

MOST = 2_000_000
"""How many files and folders are looked at before the rest is left out."""

# A link can publish the whole machine.
_MOST_LINKED = 50_000
_LARGEST = 4 * MEBIBYTE


def scan(
    roots: Iterable[str],
    names: frozenset[str],
    accounts: tuple[Account, ...],
    most: int = MOST,
    made: frozenset[str] = frozenset(),
) -> Documents:
    """Look at every file below some folders.

    Args:
        roots: the folders; those that do not exist are noted.
        names: what `.htaccess` files are called.
        accounts: who should not be able to write.
        most: how many files and folders to look at.
        made: what an account that answers no request is there to write.

    """
    wanted = tuple(dict.fromkeys(roots))
    looker = _Looker(names, accounts, most, wanted, made)
    outer = [
        one
        for one in wanted
        if not any(posixpath.commonpath((one, up)) == up for up in wanted if up != one)
    ]
    for root in outer:
        for folder in ancestors(root):
            looker.settings(folder)
        looker.surroundings(root)
        looker.look(root)
    looker.look_behind_links()
    return Documents(
        files=tuple(sorted(looker.files)),
        around=looker.around,
        htaccess=looker.htaccess,
        unread=looker.unread,
        missing=frozenset(looker.missing),
    )


class _Looker:
    """Collects what it sees."""

    def __init__(
        self,
        names: frozenset[str],
        accounts: tuple[Account, ...],
        most: int,
        roots: Iterable[str],
        made: frozenset[str],
    ) -> None:
        self.files: list[Document] = []
        self.around: dict[str, dict[str, str]] = {}
        self._roots = tuple(os.path.realpath(one) for one in roots)
        self._links: list[str] = []
        self._behind: set[tuple[int, int]] = set()
        self.htaccess: dict[str, tuple[Directive, ...]] = {}
        self.unread: dict[str, str] = {}
        self.missing: set[str] = set()
        self._bounds = Bounds()
        self._names = names
        self._accounts = accounts
        self._left = most
        self._made = made

    def look(self, root: str) -> None:
        """Look at a folder and everything below it."""
        self._everything([root] if self._is_folder(root) else [], root)

    def look_behind_links(self) -> None:
        """Look at what lies behind the links that were met, and at their links."""
        self._left = min(self._left, _MOST_LINKED)
        while self._links:
            path = self._links.pop()
            try:
                self._everything(list(self._link(path)), path)
            except (FileNotFoundError, NotADirectoryError):
                # httpd cannot follow it either.
                continue
            except OSError as error:
                if error.errno != errno.ELOOP:
                    self.unread[path] = _why(error)

    def surroundings(self, root: str) -> None:
        """Note who can put another folder in the place of one."""
        found: dict[str, str] = {}
        known = self._barred(root)
        for folder in (*ancestors(root), *ancestors(os.path.realpath(root))):
            with suppress(OSError):
                who = writer(os.stat(folder), known, self._named(folder))  # noqa: PTH116 - texts everywhere
                if who:
                    found[folder] = who
        if found:
            self.around[root] = found

    def _everything(self, waiting: list[str], root: str) -> None:
        while waiting and self._left > 0:
            waiting += self._folder(waiting.pop())
        if waiting or self._left < 0:
            left = waiting[-1] if waiting else root
            self.unread[left] = "too many files; this folder was left out"

    def _link(self, path: str) -> Iterator[str]:
        """Look at a file that a link leads to; return a folder."""
        real = os.path.realpath(path)
        if any(inside(real, one) for one in self._roots):
            return
        status = os.stat(path)  # noqa: PTH116 - the path is a text everywhere
        self.surroundings(real)
        for folder, who in self.around.pop(real, {}).items():
            detail = f"{who}, in {folder},"
            traits = frozenset({Trait.WRITABLE})
            self.files.append(Document(path=path, traits=traits, who=detail))
        key = (status.st_dev, status.st_ino)
        if stat.S_ISDIR(status.st_mode) and key not in self._behind:
            self._behind.add(key)
            yield path
        elif stat.S_ISREG(status.st_mode):
            self._file(path)

    def settings(self, folder: str) -> None:
        """Read the `.htaccess` files of a folder."""
        for name in sorted(self._names):
            path = posixpath.join(folder, name)
            written = self._read(path)
            why = self._bounds.exceeded(written)
            if why:
                self.unread[path] = f"cannot be followed: it {why}"
            elif written:
                known = self.htaccess.get(folder, ())
                self.htaccess[folder] = known + written

    def _is_folder(self, root: str) -> bool:
        """Tell a folder from a file, which is looked at, and from what is not there."""
        try:
            if stat.S_ISDIR(os.stat(root).st_mode):  # noqa: PTH116 - texts everywhere
                return True
            self._file(root)
        except (FileNotFoundError, NotADirectoryError):
            self.missing.add(root)
        except OSError as error:
            self.unread[root] = _why(error)
        return False

    def _folder(self, folder: str) -> Iterator[str]:
        """Look at the files of a folder; return the folders in it."""
        try:
            status = os.stat(folder)  # noqa: PTH116 - the path is a text everywhere
            with os.scandir(folder) as found:
                entries = sorted(islice(found, self._left + 1), key=_name)
        except FileNotFoundError:
            # It went while this was looking.
            return
        except OSError as error:
            self.unread[folder] = _why(error)
            return
        self._note(folder, status, frozenset())
        self.settings(folder)
        self._left -= len(entries)
        for entry in entries:
            yield from self._entry(entry)

    def _entry(self, entry: os.DirEntry[str]) -> Iterator[str]:
        """Look at a file; return a folder, to be looked at later."""
        try:
            if entry.is_symlink():
                self._links.append(entry.path)
            elif entry.is_dir(follow_symlinks=False):
                yield entry.path
            elif entry.is_file(follow_symlinks=False):
                self._file(entry.path)
        except FileNotFoundError:
            return
        except OSError as error:
            self.unread[entry.path] = _why(error)

    def _file(self, path: str) -> None:
        status = os.stat(path)  # noqa: PTH116 - the path is a text everywhere
        try:
            head = _head(path)
        except FileNotFoundError:
            return
        except OSError as error:
            self.unread[path] = _why(error)
            head = b""
        self._note(path, status, frozenset(traits_of(path, status.st_mode, head)))

    def _note(
        self, path: str, status: os.stat_result, traits: frozenset[Trait]
    ) -> None:
        who = writer(status, self._barred(path), self._named(path))
        if who:
            traits |= {Trait.WRITABLE}
        if traits:
            self.files.append(Document(path=path, traits=traits, who=who))

    def _barred(self, path: str) -> tuple[Account, ...]:
        """Return who should not be able to write to a path, or around it."""
        if path not in self._made:
            return self._accounts
        return tuple(one for one in self._accounts if one.serving)

    def _named(self, path: str) -> Writers:
        """Return who a list names; the mode counts where it cannot be read."""
        try:
            # The whole way costs as much as the folder is deep.
            asked = os.path.realpath(path) if os.path.islink(path) else path  # noqa: PTH114 - texts everywhere
            return writers_of(asked)
        except OSError as error:
            self.unread.setdefault(path, _why(error))
            return Writers()

    def _read(self, path: str) -> "tuple[Directive, ...]":
        """Return the directives of a `.htaccess`, if there is one that can be read."""
        try:
            content = read_regular(Path(path), largest=_LARGEST)
            return parse_source(content.decode(errors="replace"), path)
        except (FileNotFoundError, NotADirectoryError):
            # A link that leads nowhere is none, for httpd too.
            return ()
        except OSError as error:
            self.unread[path] = _why(error)
        except HttpdError as error:
            self.unread[path] = f"cannot be read: {error}"
        return ()


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _head(path: str) -> bytes:
    """Return how an ordinary file begins, however large it is."""
    with open_regular(Path(path), largest=sys.maxsize) as file:
        return file.read(HEAD if path.lower().endswith(".cgi") else len(b"#!"))


def _why(error: OSError) -> str:
    return f"cannot be read: {error.strerror}"
