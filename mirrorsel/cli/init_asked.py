"""What `mirrorsel init` asks, at a terminal, of what no option said."""

import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from mirrorsel.errors import InstanceError
from mirrorsel.hostname import is_host
from mirrorsel.instance.place import check_root
from mirrorsel.instance.plan import Site
from mirrorsel.setting import base_url

T = TypeVar("T")

_EXAMPLE = "downloads.example.org"
_ROOTS = Path("/srv/www")
_NO_MORE = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What an instance is to be for."""

    origin: str
    sites: tuple[Site, ...]


def answers(  # noqa: PLR0913 - one argument for each option
    *,
    origin: str,
    names: Sequence[str],
    roots: Sequence[Path],
    asked: bool,
    usual_origin: str,
    host: str | None = None,
) -> Answers:
    """Return what options say, else what is answered, else defaults.

    Args:
        origin: The origin of an option, or nothing.
        names: The server names of options.
        roots: The document roots of options, one for each name at most.
        asked: Whether somebody is there to answer.
        usual_origin: What is taken for the origin where nobody says another.
        host: The name of this machine; by default what the system says.

    Raises:
        click.UsageError: an option has a value that cannot be.

    """
    if len(roots) > max(len(names), 1):
        message = "Each --document-root needs a --server-name of its own."
        raise click.UsageError(message)
    if not asked:
        found = _url(origin or usual_origin)
        return Answers(origin=found, sites=_sites(names or [_name(host)], roots))
    found = (
        _url(origin)
        if origin
        else _ask("Origin, the tree that the mirrors copy", usual_origin, _url)
    )
    if names:
        return Answers(origin=found, sites=_sites(names, roots))
    return Answers(origin=found, sites=_ask_sites(_name(host), roots))


def _ask_sites(usual: str, roots: Sequence[Path]) -> tuple[Site, ...]:
    """Ask for virtual hosts until there is no more."""
    name = _ask("Server name", usual, _server)
    sites = [_ask_site(name, roots)]
    while True:
        name = _ask(
            f"Another server name, {_NO_MORE} for none", _NO_MORE, _server_or_none
        )
        if not name:
            return tuple(sites)
        sites.append(_ask_site(name, ()))


def _ask_site(name: str, roots: Sequence[Path]) -> Site:
    if roots:
        return Site(name=name, root=_root(roots[0]))
    root = _ask(f"Document root of {name}", str(_ROOTS / name), _root)
    return Site(name=name, root=root)


def _ask(question: str, usual: str, parse: Callable[[str], T]) -> T:
    """Ask until there is an answer that can be; on standard error."""
    found: T = click.prompt(question, default=usual, value_proc=parse, err=True)
    return found


def _sites(names: Sequence[str], roots: Sequence[Path]) -> tuple[Site, ...]:
    known = tuple(map(_server, names))
    more = [_ROOTS / name for name in known[len(roots) :]]
    pairs = zip(known, (*roots, *more), strict=True)
    return tuple(Site(name=name, root=_root(root)) for name, root in pairs)


def _name(host: str | None) -> str:
    """Return a server name to begin with; nothing is looked up for it."""
    name = platform.node() if host is None else host
    return name if "." in name and _is_server(name) else _EXAMPLE


def _url(text: str) -> str:
    parser = base_url()
    try:
        return parser.parse(text)
    except ValueError:
        message = f"The origin {text!r} must be {parser.syntax}."
        raise click.UsageError(message) from None


def _server(text: str) -> str:
    if not _is_server(text):
        message = f"{text!r} is no name of a server, such as {_EXAMPLE}."
        raise click.UsageError(message)
    return text.lower()


def _server_or_none(text: str) -> str:
    return "" if text == _NO_MORE else _server(text)


def _is_server(text: str) -> bool:
    return is_host(text) and not text.startswith("[")


def _root(text: str | Path) -> Path:
    try:
        check_root(Path(text))
    except InstanceError as error:
        raise click.UsageError(f"{error}.") from error
    return Path(text)
