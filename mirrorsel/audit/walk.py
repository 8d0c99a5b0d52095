"""What is in force for a folder and a file of a server, found as httpd finds it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, combinations

from mirrorsel.audit.directive import Directive, everywhere, flat
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
from mirrorsel.audit.runner import runs_program
from mirrorsel.audit.sample import is_clear
from mirrorsel.audit.server import Server

FOLDERS = frozenset({"directory", "directorymatch"})
URLS = frozenset({"location", "locationmatch"})
# To run, a file wants a handler, a permission and access: three conditions can each
# give one of them.
_TOGETHER = 3
# Beyond so many, each is tried by itself: there would be no end of it.
_MANY = 16


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
        served = self._base.rewrites if _is_on(self._base.engine) else ()
        self._base = replace(self._base, served=served, rewrites=())

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
            One value without any condition met, then one for each few conditions
            that could be met together, then one with all of them met.

        """
        result = self._plainly(folder)
        for one in self._by_expression:
            met = matches_path(one.pattern, f"{folder.rstrip('/')}/{name}")
            result = _entered(result, one, met=met)
        for written in result.files:
            section = Section(pattern=pattern_of(written), directive=written)
            result = _entered(result, section, met=matches_file(section.pattern, name))
        for one in self._urls:
            result = _entered(result, one, met=matches_url(one.pattern, url))
        return tuple(_possibilities(result, name))

    def _plainly(self, path: str) -> Merged:
        if path in self._known:
            return self._known[path]
        before = self._before_htaccess(path)
        written = self._htaccess.get(path, ())
        allowed = permitted(written, before.override)
        after = merge(before, allowed) if allowed else before
        programs = tuple(one for one in everywhere(allowed) if runs_program(one))
        if programs:
            after = replace(after, programs=(*after.programs, *programs))
        self._known[path] = after
        return after

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


def _is_on(engine: Directive | None) -> bool:
    return engine is not None and engine.first.lower() == "on"


def _entered(before: Merged, section: Section, *, met: bool) -> Merged:
    """Return what is in force within a section, if a request gets there."""
    if not is_clear(section.pattern):
        conditions = (*before.conditions, section.directive)
        return replace(before, conditions=conditions)
    return merge(before, section.directive.children) if met else before


def _possibilities(plain: Merged, name: str) -> Iterator[Merged]:
    conditions = plain.conditions
    if len(conditions) > _MANY:
        plain = replace(plain, untried=conditions[0])
    most = min(len(conditions), _TOGETHER) if not plain.untried else 1
    few = (combinations(conditions, size) for size in range(most + 1))
    for met in chain.from_iterable(few):
        yield _all_met(plain, met, name)
    if len(conditions) > _TOGETHER:
        yield _all_met(plain, conditions, name)


def _all_met(plain: Merged, conditions: Iterable[Directive], name: str) -> Merged:
    result = plain
    for one in conditions:
        known = len(result.files)
        result = merge(result, one.children)
        for section in result.files[known:]:
            if matches_file(pattern_of(section), name):
                result = merge(result, section.children)
    return replace(result, conditions=())


def ancestors(path: str) -> tuple[str, ...]:
    """Return the folders that a path lies in, the outermost first."""
    parts = path.strip("/").split("/")
    return tuple("/" + "/".join(parts[:count]) for count in range(len(parts)))
