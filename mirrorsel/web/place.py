"""Which page a request asks for, by what the server says of it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

_SCRIPT = ".cgi"
_PAGE = ".html"
_PROGRAMS = "cgi-bin"

ENDPOINT = "mirrorsel.endpoint"
"""The key of the environ under which the server's own SCRIPT_NAME is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The address of a page, and where its file may lie."""

    endpoint: str
    """The path of its URL."""
    rest: str
    """What stands behind it, without the slash."""
    root: str
    """The document root."""
    names: tuple[str, ...]
    """The names of the file below the root, of which the first that exists counts."""


_DECODED = frozenset({"DOCUMENT_ROOT", "SCRIPT_FILENAME"})
_DAEMON = "mod_wsgi.process_group"
_ROOTS = ("DOCUMENT_ROOT", "CONTEXT_DOCUMENT_ROOT")
_NAMED = "ASF_MIRROR_FILENAME"

VARIABLES = (ENDPOINT, "SCRIPT_FILENAME", *_ROOTS, _NAMED, _DAEMON)
"""All of an environ that a place depends on, beside the path."""


def place_of(environ: Mapping[str, str], path: str, *, variable: bool) -> Place | None:
    """Return the place of a page; None if a URL is not the one of a page.

    Args:
        environ: The WSGI environ (PEP 3333), with the variables of CGI.
        path: The whole path of the URL.
        variable: Whether ``ASF_MIRROR_FILENAME`` may name the file.

    """
    mapped = _native(environ, "SCRIPT_FILENAME")
    split = _split(_native(environ, ENDPOINT), path, mapped)
    if split is None:
        return None
    endpoint, rest = split
    file = _native(environ, _NAMED) if variable else ""
    file = file or mapped
    root, name = _below(environ, file, endpoint)
    return Place(
        endpoint=f"/{endpoint.lstrip('/')}", rest=rest, root=root, names=_names(name)
    )


def _split(script: str, path: str, file: str) -> tuple[str, str] | None:
    """Return a path up to its endpoint, and the rest.

    Where the server has rewritten another URL to a page, that URL is the endpoint.
    Where it has not looked for a file, the first segment that ends in ``.cgi`` is.
    """
    if script.endswith(_SCRIPT) or (script and file.endswith(_SCRIPT)):
        return path[: len(script)], path[len(script) + 1 :]
    segments = path.split("/")
    for count, segment in enumerate(segments, start=1):
        if segment.endswith(_SCRIPT):
            return "/".join(segments[:count]), "/".join(segments[count:])
    return None


def _below(environ: Mapping[str, str], file: str, endpoint: str) -> tuple[str, str]:
    """Return the document root, and the file's name below it; empty if elsewhere.

    Where an alias has mapped the URL, its folder is a document root too.
    """
    roots = [_native(environ, one) for one in _ROOTS]
    if not file.endswith((_SCRIPT, _PAGE)):
        return roots[0], endpoint if roots[0] else ""
    for root in roots:
        folder = f"{root.rstrip('/')}/"
        if root and file.startswith(folder):
            return root, file.removeprefix(folder)
    return roots[0], ""


def _names(name: str) -> tuple[str, ...]:
    """Return the names of the template, given the one of the page's script."""
    # One ending and no more: httpd was asked for the .html of this name.
    ending = _SCRIPT if name.endswith(_SCRIPT) else _PAGE
    page = f"{name.lstrip('/').removesuffix(ending)}{_PAGE}"
    segments = page.split("/")
    if not name or ".." in segments:
        return ()
    if segments.count(_PROGRAMS) != 1:
        return (page,)
    moved = ["content" if one == _PROGRAMS else one for one in segments]
    return (page, "/".join(moved))


def _native(environ: Mapping[str, str], key: str) -> str:
    """Return a variable as the text that Python gives the same bytes in file names.

    mod_wsgi decodes two variables so by itself, and all others as PEP 3333 says.
    """
    value = environ.get(key, "")
    if key in _DECODED and _DAEMON in environ:
        return value
    return os.fsdecode(value.encode("latin-1"))
