"""What httpd's configuration has of an instance."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mirrorsel.audit.directive import Directive, everywhere
from mirrorsel.audit.reading import Configuration, find_httpd, read_configuration
from mirrorsel.audit.tree import absolute
from mirrorsel.errors import HttpdError

_ALIASES = frozenset({"wsgiscriptalias", "wsgiscriptaliasmatch"})
_IMPORT = "wsgiimportscript"


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A group of processes that mod_wsgi starts."""

    user: str
    """Empty where httpd's own account is meant."""
    home: str
    """Its Python environment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """A configuration, as far as it is about one instance."""

    read: Configuration | None
    """None where there is none to be read."""
    missing: str = ""
    """Why; empty where none was asked for."""
    scripts: tuple[str, ...] = ()
    """All scripts that requests are mapped to, of other instances too."""
    web: Process | None = None
    """Who answers requests, where a daemon process does."""
    checker: Process | None = None
    """Who probes; None where httpd starts no checker."""
    wsgi: str = ""
    """The file of mod_wsgi; empty where none is loaded."""


def read_setup(path: Path | None, script: Path) -> Setup:
    """Read a configuration.

    Args:
        path: The file, or its folder; None for the one that httpd itself reads.
        script: The wsgi.py of the instance.

    """
    try:
        read = read_configuration(path, find_httpd())
    except HttpdError as error:
        return Setup(read=None, missing=str(error))
    everything = tuple(everywhere(read.directives))
    processes = dict(_processes(everything))
    mapped = list(_mapped(everything))
    imported = [one for one in everything if one.name == _IMPORT]
    return Setup(
        read=read,
        scripts=tuple(dict.fromkeys(_script(one) for one in mapped)),
        web=_process(mapped, script, processes),
        checker=_process(imported, script, processes),
        wsgi=_wsgi(everything, read.facts.root),
    )


def _processes(directives: Iterable[Directive]) -> Iterator[tuple[str, Process]]:
    for one in directives:
        if one.name == "wsgidaemonprocess":
            home = _option(one, "python-home")
            yield one.first, Process(user=_option(one, "user"), home=home)


def _mapped(directives: Sequence[Directive]) -> Iterator[Directive]:
    """Yield the directives by which requests get to a script."""
    handlers = {one.first for one in directives if one.name == "sethandler"}
    for one in directives:
        used = one.name == "wsgihandlerscript" and one.first in handlers
        if used or one.name in _ALIASES:
            yield one


def _process(
    directives: Iterable[Directive], script: Path, processes: dict[str, Process]
) -> Process | None:
    """Return the process in which directives have a script run."""
    groups = [
        _option(one, "process-group")
        for one in directives
        if _script(one) == str(script)
    ]
    return next((processes[one] for one in groups if one in processes), None)


def _script(one: Directive) -> str:
    """Return the script that a directive names: behind what is mapped to it."""
    words = one.arguments if one.name == _IMPORT else one.arguments[1:]
    return words[0] if words else ""


def _option(one: Directive, name: str) -> str:
    options = dict(word.partition("=")[::2] for word in one.arguments)
    return options.get(name, "").strip('"')


def _wsgi(directives: Iterable[Directive], root: str) -> str:
    """Return the file of the first mod_wsgi, which is the one that counts."""
    files = (
        absolute(one.arguments[1], root)
        for one in directives
        if one.name == "loadmodule" and one.first == "wsgi_module" and one.arguments[1:]
    )
    return next(files, "")
