"""A folder that a virtual host serves, and the URL under which it does."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mirrorsel.audit.directive import Directive, everywhere
from mirrorsel.audit.pattern import Pattern, pattern_of
from mirrorsel.audit.sample import samples

_ALIASES = frozenset({"alias", "aliasmatch"})
_SLASHED = re.compile(r"\(\?P?<(\w+)>/")
_VIRTUAL = frozenset({"virtualdocumentroot", "virtualdocumentrootip"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A folder with everything below it."""

    folder: str
    """An absolute path without a final slash."""
    url: str
    """The path of its URL, without a final slash; empty for the root."""
    source: Directive | None = None
    """The directive that serves it; None for httpd's default."""

    def holds(self, path: str) -> bool:
        """Whether a path is the folder or lies below it."""
        return inside(path, self.folder)

    def url_of(self, path: str) -> str:
        """Return the path of the URL of something in the tree."""
        return f"{self.url}/{path[len(self.folder) :].lstrip('/')}".rstrip("/") or "/"


def inside(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies below it, by their names alone."""
    return path == folder or path.startswith(f"{folder.rstrip('/')}/")


def absolute(path: str, root: str) -> str:
    """Return a path of the configuration, which may be relative to ServerRoot."""
    joined = posixpath.normpath(posixpath.join(root, path))
    # POSIX lets two leading slashes stand; httpd does not.
    return f"/{joined.lstrip('/')}" if joined.startswith("/") else joined


def document_root(
    layers: Iterable[Iterable[Directive]], root: str
) -> tuple[str, Directive | None]:
    """Return the DocumentRoot of a server, and the directive that sets it.

    Args:
        layers: the directives of the main server, then those of the host.
        root: ServerRoot.

    """
    named = [one for layer in layers for one in layer if one.name == "documentroot"]
    if not named:
        return absolute("htdocs", root), None
    return absolute(named[-1].first, root), named[-1]


def trees_of(layers: tuple[tuple[Directive, ...], ...], root: str) -> tuple[Tree, ...]:
    """Return the folders that a server serves, its document root first."""
    folder, source = document_root(layers, root)
    found = [Tree(folder=folder, url="", source=source)]
    for layer in layers:
        for one in everywhere(layer):
            found += _alias(one, root)
            found += _others(one, root)
        found += _located(layer, root, folder)
    found += _rewritten(layers)
    return tuple(dict.fromkeys(found))


def _alias(one: Directive, root: str) -> Iterator[Tree]:
    if one.name not in _ALIASES or len(one.arguments) < len(("url", "path")):
        return
    url, target = one.arguments[:2]
    folder = absolute(_fixed(target), root)
    if one.name == "alias":
        yield Tree(folder=folder, url=url.rstrip("/"), source=one)
        return
    for sample in samples(Pattern(text=url, regex=True))[:1]:
        yield Tree(folder=folder, url=posixpath.dirname(sample.rstrip("/")), source=one)


def _others(one: Directive, root: str) -> Iterator[Tree]:
    if one.name in _VIRTUAL and one.first.lower() != "none":
        yield Tree(folder=absolute(_fixed(one.first), root), url="", source=one)
    if one.name == "userdir":
        for word in one.arguments:
            if word.lower() in ("disabled", "enabled"):
                return
            if "://" not in word:
                yield Tree(folder=_home(word), url="/~user", source=one)


def _located(layer: Iterable[Directive], root: str, documents: str) -> Iterator[Tree]:
    """Return what an Alias with one argument serves inside a `Location`."""
    for section in everywhere(layer):
        if section.name in ("location", "locationmatch"):
            for one in everywhere(section.children):
                if one.name == "alias" and len(one.arguments) == 1:
                    target = _with_slashes(one.first, section)
                    target = target.replace("%{DOCUMENT_ROOT}", documents)
                    folder = absolute(_fixed(target), root)
                    url = (*samples(pattern_of(section))[:1], "")[0]
                    if section.name == "locationmatch":
                        url = posixpath.dirname(url.rstrip("/"))
                    yield Tree(folder=folder, url=url.rstrip("/"), source=one)


def _with_slashes(target: str, section: Directive) -> str:
    """Return a target with the slash that a named group begins with before it."""
    for name in _SLASHED.findall(pattern_of(section).text):
        variable = f"%{{env:MATCH_{name.upper()}}}"
        target = target.replace(variable, f"/{variable}")
    return target


def _rewritten(layers: Iterable[Iterable[Directive]]) -> Iterator[Tree]:
    """Return the folders to which rewriting leads, where a section is for them.

    Whether a target is a file or a URL is decided by what exists. One that a
    section names is a file.
    """
    everything = [one for layer in layers for one in everywhere(layer)]
    named = [
        pattern_of(one).text
        for one in everything
        if one.name == "directory" and not pattern_of(one).regex
    ]
    for one in everything:
        target = _fixed(one.arguments[1]) if one.arguments[1:] else ""
        if one.name != "rewriterule" or not target.startswith("/") or target == "/":
            continue
        folder = absolute(target, "/")
        if any(
            path != "/" and (inside(folder, path) or inside(path, folder))
            for path in named
        ):
            yield Tree(folder=folder, url=one.first.strip("^$"), source=one)


def _home(word: str) -> str:
    """Return the folder of a user that stands for all users."""
    if word.startswith("/"):
        made = word.replace("*", "user")
        return made if made != word else posixpath.join(word, "user")
    return f"/home/user/{word}"


def _fixed(target: str) -> str:
    """Return the folder before the first part that a request decides."""
    for mark in ("$", "%"):
        if mark in target:
            target = target[: target.index(mark)].rpartition("/")[0] or "/"
    return target
