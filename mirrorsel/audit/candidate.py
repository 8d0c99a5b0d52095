"""The requests to ask about: example files that the configuration can tell apart."""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeVar

from mirrorsel.audit.directive import Directive, everywhere
from mirrorsel.audit.execution import may_execute
from mirrorsel.audit.merged import FILES
from mirrorsel.audit.pattern import (
    Pattern,
    matches_folder,
    matches_path,
    matches_url,
    pattern_of,
)
from mirrorsel.audit.sample import samples
from mirrorsel.audit.server import Server
from mirrorsel.audit.tree import Tree, inside
from mirrorsel.audit.walk import FOLDERS, URLS, sections_of

_T = TypeVar("_T")
_MIME = frozenset({"addhandler", "addtype", "addoutputfilter"})
_STEM = "any"
# Enough for every configuration seen; one that makes up more would take too long.
_MOST = 2_000
_MOST_REQUESTS = 500_000


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Candidate:
    """A request for a file that may or may not exist."""

    folder: str
    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """The requests to ask about, and why there should be more."""

    asked: tuple[Candidate, ...]
    cut: str = ""
    """What was left out, as a phrase; empty when nothing was."""


def candidates(
    server: Server, tree: Tree, seen: Iterable[str], written: Iterable[Directive]
) -> Requests:
    """Return the requests that between them meet every section for a tree.

    Args:
        server: the server asked.
        tree: one of its trees.
        seen: folders of the tree that exist and deserve a question.
        written: the directives of all `.htaccess` files of the tree.

    """
    everything = (*everywhere(d for one in server.layers for d in one), *written)
    names, more_names = _first(_names(everything), _MOST)
    folders = dict.fromkeys((tree.folder, *seen, *_folders(server, tree)))
    found = chain(
        _in_folders(tree, folders, names),
        _by_path(server, tree, names),
        _by_url(server, tree, names),
    )
    asked, more = _first(found, _MOST_REQUESTS)
    if more_names:
        return Requests(asked=asked, cut=f"more than {_MOST} names are to be tried")
    cut = f"more than {_MOST_REQUESTS} requests are to be tried" if more else ""
    return Requests(asked=asked, cut=cut)


def _first(found: Iterable[_T], most: int) -> tuple[tuple[_T, ...], bool]:
    """Return the first different ones, and whether there are more."""
    known: dict[_T, None] = {}
    for one in found:
        if one not in known and len(known) == most:
            return tuple(known), True
        known[one] = None
    return tuple(known), False


def _in_folders(
    tree: Tree, folders: Iterable[str], names: Iterable[str]
) -> Iterator[Candidate]:
    for folder in folders:
        for name in names:
            url = tree.url_of(f"{folder}/{name}")
            yield Candidate(folder=folder, name=name, url=url)


def _names(everything: Iterable[Directive]) -> Iterator[str]:
    """Return names for every extension and every `Files` section, and for both."""
    known = tuple(everything)
    # Those that could run go first, however many there are before them.
    typed = sorted(
        (one for one in known if one.name in _MIME),
        key=lambda one: not may_execute(one.first),
    )
    extensions = dict.fromkeys(
        word.removeprefix(".") for one in typed for word in one.arguments[1:]
    )
    yield from (_STEM, f"{_STEM}.html", f"{_STEM}.{_STEM}")
    for extension in extensions:
        yield from (f"{_STEM}.{extension}", f"{_STEM}.{extension}.html")
    patterns = dict.fromkeys(pattern_of(one) for one in known if one.name in FILES)
    for pattern in patterns:
        for sample in samples(pattern):
            yield from _file_names(sample, extensions)


def _file_names(sample: str, extensions: Iterable[str]) -> Iterator[str]:
    """Return names made of a sample, which may be a part of a name only."""
    name = sample.rpartition("/")[2]
    if not name or name in (".", ".."):
        return
    yield from (name, f"{_STEM}{name}")
    stem, dot, end = name.rpartition(".")
    for extension in extensions:
        yield f"{stem or _STEM}.{extension}{dot}{end}" if dot else f"{name}.{extension}"


def _folders(server: Server, tree: Tree) -> Iterator[str]:
    """Return folders of a tree that its plain `Directory` sections are for."""
    for section in sections_of(server, FOLDERS):
        if not section.pattern.regex:
            path = _within(section.pattern, tree.folder)
            if path is not None:
                yield path


def _within(pattern: Pattern, folder: str) -> str | None:
    """Return a path below a folder that a shell pattern is for, if there is one."""
    wanted = pattern.text.rstrip("/").split("/")
    have = folder.split("/")
    rest = (Pattern(text=one, regex=False) for one in wanted[len(have) :])
    path = "/".join((*have, *(one for each in rest for one in samples(each))))
    return path if matches_folder(pattern, path) else None


def _by_path(server: Server, tree: Tree, names: tuple[str, ...]) -> Iterator[Candidate]:
    """Return requests for files that `Directory` sections by expression are for."""
    for section in sections_of(server, FOLDERS):
        if section.pattern.regex:
            for sample in samples(section.pattern):
                fitting = (
                    one
                    for one in _paths(tree.folder, sample, names)
                    if inside(one, tree.folder) and matches_path(section.pattern, one)
                )
                for path in islice(fitting, len(names)):
                    folder, _, name = path.rpartition("/")
                    yield Candidate(folder=folder, name=name, url=tree.url_of(path))


def _paths(folder: str, sample: str, names: tuple[str, ...]) -> Iterator[str]:
    """Return guesses at files whose path holds a sample."""
    for guess in (sample, f"{folder}/{sample}", f"{folder}/x{sample}"):
        plain = posixpath.normpath(guess)
        yield from (f"{plain}/{name}" for name in names)
        yield plain


def _by_url(server: Server, tree: Tree, names: tuple[str, ...]) -> Iterator[Candidate]:
    for section in sections_of(server, URLS):
        for sample in samples(section.pattern):
            yield from _at(tree, sample, names)
            # What follows a file in a URL reaches it as PATH_INFO.
            for name in names:
                url = f"{tree.url}/{name}{sample}"
                if section.pattern.regex and matches_url(section.pattern, url):
                    yield Candidate(folder=tree.folder, name=name, url=url)


def _at(tree: Tree, sample: str, names: tuple[str, ...]) -> Iterator[Candidate]:
    """Return requests for a URL itself and for files below it."""
    url = sample if sample.startswith("/") else f"/{sample}"
    if not inside(url, tree.url or "/"):
        return
    path = posixpath.normpath(f"{tree.folder}/{url[len(tree.url) :]}")
    folder, _, name = path.rpartition("/")
    if inside(folder, tree.folder):
        yield Candidate(folder=folder, name=name, url=url)
    for name in names:
        yield Candidate(folder=path, name=name, url=tree.url_of(f"{path}/{name}"))
