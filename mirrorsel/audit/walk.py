"""What is in force for a folder and a file of a server, found as httpd finds it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mirrorsel.audit.directive import Directive, flat
from mirrorsel.audit.extensions import removes
from mirrorsel.audit.merged import Merged, merge
from mirrorsel.audit.override import Override, permitted
from mirrorsel.audit.pattern import (
    Pattern,
    matches_file,
    matches_folder,
    matches_path,
    matches_url,
    pattern_of,
)
from mirrorsel.audit.server import Server

FOLDERS = frozenset({"directory", "directorymatch"})
URLS = frozenset({"location", "locationmatch"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section with its pattern read."""

    pattern: Pattern
    directive: Directive


def sections_of(server: Server, names: frozenset[str]) -> tuple[Section, ...]:
    """Return the sections of a kind, those of the main server first."""
    return tuple(
        Section(pattern=pattern_of(one), directive=one)
        for layer in server.layers
        for one in flat(layer)
        if one.name in names
    )


class Walk:
    """Answers for one server; folders are worked out once.

    The order is httpd's: the server, the host, folders from the shortest to the
    longest with their `.htaccess`, folders by expression, files, URLs, and last
    what depends on a condition.
    """

    def __init__(
        self, server: Server, htaccess: Mapping[str, tuple[Directive, ...]]
    ) -> None:
        """Read the sections of a server.

        Args:
            server: the server.
            htaccess: the directives of the `.htaccess` files, by folder.

        """
        self._server = server
        folders = sections_of(server, FOLDERS)
        self._plain = tuple(
            sorted(
                (one for one in folders if not one.pattern.regex),
                key=lambda one: one.pattern.depth,
            )
        )
        self._by_expression = tuple(one for one in folders if one.pattern.regex)
        self._urls = sections_of(server, URLS)
        self._htaccess = htaccess
        self._known: dict[str, Merged] = {}
        self._without: dict[str, Merged] = {}
        main, *host = server.layers
        # The server inherits from nothing, so that there is nothing to remove.
        self._base = merge(Merged(), (one for one in main if not removes(one)))
        for layer in host:
            self._base = merge(self._base, layer)

    def override(self, path: str) -> Override:
        """Return what a `.htaccess` in a folder may do."""
        return self._before_htaccess(path).override

    def with_htaccess(self, path: str, written: tuple[Directive, ...]) -> "Walk":
        """Return what would be, were there one more `.htaccess` in a folder."""
        known = self._htaccess.get(path, ())
        return Walk(self._server, {**self._htaccess, path: known + written})

    def likeness(self, folder: str, name: str, url: str) -> tuple[object, ...]:
        """Return what tells a file from others, for whoever drops a `.htaccess`.

        Files of one name that are alike are treated alike wherever they lie, until
        a `.htaccess` of their own folder counts.
        """
        later = self._later(folder, name, url)
        return id(self._before_htaccess(folder)), name, *(id(one) for one in later)

    def file(self, folder: str, name: str, url: str) -> tuple[Merged, ...]:
        """Return what can be in force for a file.

        Args:
            folder: the folder it lies in, an absolute path.
            name: its file name.
            url: the path of the URL that asks for it.

        Returns:
            One value without any condition met, then one for each condition,
            then one with all of them met.

        """
        result = self._plainly(folder)
        for one in self._by_expression:
            if matches_path(one.pattern, f"{folder.rstrip('/')}/{name}"):
                result = merge(result, one.directive.children)
        for section in result.files:
            if matches_file(pattern_of(section), name):
                result = merge(result, section.children)
        for one in self._urls:
            if matches_url(one.pattern, url):
                result = merge(result, one.directive.children)
        return _possibilities(result)

    def _plainly(self, path: str) -> Merged:
        if path in self._known:
            return self._known[path]
        before = self._before_htaccess(path)
        written = self._htaccess.get(path, ())
        allowed = permitted(written, before.override)
        self._known[path] = merge(before, allowed) if allowed else before
        return self._known[path]

    def _before_htaccess(self, path: str) -> Merged:
        if path not in self._without:
            result = self._base if path == "/" else self._plainly(_parent(path))
            for one in self._plain:
                if matches_folder(one.pattern, path):
                    result = merge(result, one.directive.children)
            self._without[path] = result
        return self._without[path]

    def _later(self, folder: str, name: str, url: str) -> list[Section]:
        """Return the sections that count after plain folders and files."""
        path = f"{folder.rstrip('/')}/{name}"
        by_path = [
            one for one in self._by_expression if matches_path(one.pattern, path)
        ]
        return by_path + [one for one in self._urls if matches_url(one.pattern, url)]


def _parent(path: str) -> str:
    return path.rpartition("/")[0] or "/"


def _possibilities(plain: Merged) -> tuple[Merged, ...]:
    conditions = plain.conditions
    if not conditions:
        return (plain,)
    each = tuple(merge(plain, one.children) for one in conditions)
    if len(each) == 1:
        return (plain, *each)
    return (plain, *each, _all_met(plain, conditions))


def _all_met(plain: Merged, conditions: Iterable[Directive]) -> Merged:
    result = plain
    for one in conditions:
        result = merge(result, one.children)
    return replace(result, conditions=())


def ancestors(path: str) -> tuple[str, ...]:
    """Return the folders that a path lies in, the outermost first."""
    parts = path.strip("/").split("/")
    return tuple("/" + "/".join(parts[:count]) for count in range(len(parts)))
