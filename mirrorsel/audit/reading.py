"""The configuration as httpd dumps it, or else as its files say."""

import os
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mirrorsel.audit.directive import Directive, everywhere
from mirrorsel.audit.dump import Facts, parse_dump, parse_facts
from mirrorsel.audit.envvars import parse_envvars
from mirrorsel.audit.expansion import STATIC, Expansion
from mirrorsel.audit.foreign import foreign
from mirrorsel.audit.inclusion import LARGEST, included
from mirrorsel.audit.tree import inside
from mirrorsel.audit.type_files import typed
from mirrorsel.errors import HttpdError
from mirrorsel.regular import MEBIBYTE, read_regular

PROGRAMS = ("/usr/sbin/apache2", "/usr/sbin/httpd", "/usr/local/apache2/bin/httpd")
"""Where httpd is looked for."""

_FILES = ("apache2.conf", "httpd.conf", "conf/httpd.conf")
_MODULE_FOLDERS = (
    "/usr/lib/apache2/modules",
    "/usr/lib64/httpd/modules",
    "/usr/lib/httpd/modules",
    "/usr/libexec/apache2",
    "/usr/local/apache2/modules",
)
# What httpd obeys while it reads, and leaves out of its dump.
_EARLY = frozenset({"loadmodule", "loadfile", "luaauthzprovider"})
# What decides about all else in a way that is not followed here.
_OPAQUE = frozenset({"regexdefaultoptions", "perl", "proxyexpressenable"})
_SECONDS = 60
_REASON = 2
_COMPILED = re.compile(r'-D (?P<name>\w+)="(?P<value>[^"]*)"')
_STATIC = re.compile(r"^\s+(?:mod_)?(?P<name>\w+)\.c$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """A whole configuration, however it was read."""

    path: Path
    directives: tuple[Directive, ...]
    facts: Facts
    read_by: str
    """ "httpd", or "files" for the audit's own reading."""
    doubts: tuple[str, ...] = ()
    """What makes the reading less sure, as sentences."""
    gaps: tuple[str, ...] = ()
    """What could not be read, as sentences: the audit cannot tell."""
    refused: str = ""
    """What httpd has against it; empty where it has nothing, or was not asked."""


class _NoDumpError(HttpdError):
    """httpd takes the configuration, but has no means to dump it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Httpd:
    """An httpd to ask, and what it was compiled with."""

    program: Path
    compiled: Mapping[str, str]
    static: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What is to be read."""

    file: Path
    home: Path | None
    """The folder that stands for ServerRoot, where another than httpd's own does."""
    environment: Mapping[str, str]
    defined: Sequence[str]


def find_httpd(program: Path | None = None) -> Httpd | None:
    """Return httpd, or None where there is none.

    Args:
        program: the program; None to look in `PROGRAMS`.

    Raises:
        HttpdError: the program that was named cannot be run.

    """
    known = [program] if program else [Path(one) for one in PROGRAMS]
    found = next((one for one in known if os.access(one, os.X_OK)), None)
    if found is None:
        if program:
            raise HttpdError(f"{program}: is not a program that can be run")
        return None
    # Asked for its version, httpd also complains of the configuration in use.
    # It is given none, since reading one may run programs.
    compiled = _output([str(found), "-f", os.devnull, "-V"], {}, strict=False)
    static = _STATIC.findall(_output([str(found), "-l"], {}, strict=False))
    return Httpd(
        program=found,
        compiled=dict(_COMPILED.findall(compiled)),
        static=frozenset(f"{one}_module" for one in static),
    )


def read_configuration(
    path: Path | None, httpd: Httpd | None, defined: Sequence[str] = ()
) -> Configuration:
    """Read a configuration, with httpd if it can be.

    Args:
        path: the file, or its folder; None for the one httpd was compiled with.
        httpd: who to ask; None to read the files oneself.
        defined: names as behind httpd's `-D`.

    Raises:
        HttpdError: there is no such file, or it cannot be read.

    """
    file = _configuration_file(path, httpd)
    wanted = _Wanted(
        file=file,
        home=_home(path, file),
        environment=_environment(file),
        defined=defined,
    )
    own = _own(wanted, httpd)
    if httpd is None:
        return _with_types(own)
    why = "; ".join(dict.fromkeys(foreign(own.directives, own.facts)))
    if why:
        doubt = f"httpd was not asked, since it runs what it reads: {why}"
        return _with_types(replace(own, doubts=(doubt,)))
    try:
        return _with_types(_dumped(wanted, own, httpd))
    except HttpdError as error:
        doubt = f"httpd cannot dump it, so its files were read instead: {error}"
        refused = "" if isinstance(error, _NoDumpError) else str(error)
        return _with_types(replace(own, doubts=(doubt,), refused=refused))


def _with_types(read: Configuration) -> Configuration:
    """Add what the tables of types say."""
    closed: list[str] = []

    def text(path: str) -> str:
        if path == os.devnull:
            return ""
        try:
            return read_regular(Path(path), largest=LARGEST).decode(errors="replace")
        except FileNotFoundError:
            # Nothing is lost: httpd does not start without it.
            return ""
        except OSError as error:
            closed.append(f"{path}: cannot be read: {error.strerror}")
            return ""

    first = typed(read.directives, read.facts, text)
    closed += [
        f"{one.place}: what {one.written} does is not followed"
        for one in everywhere(read.directives)
        if one.name in _OPAQUE
    ]
    directives = (*first, *read.directives)
    gaps = tuple(dict.fromkeys((*read.gaps, *closed)))
    return replace(read, directives=directives, gaps=gaps)


def _configuration_file(path: Path | None, httpd: Httpd | None) -> Path:
    if path is None:
        if httpd is None:
            raise HttpdError("no httpd was found: name its configuration by --config")
        root = httpd.compiled.get("HTTPD_ROOT", "/")
        path = Path(root, httpd.compiled.get("SERVER_CONFIG_FILE", _FILES[0]))
    if path.is_dir():
        inside = (path / name for name in _FILES)
        path = next((one for one in inside if one.is_file()), path / _FILES[0])
    if not path.is_file() or not os.access(path, os.R_OK):
        raise HttpdError(f"{path}: is not a file that can be read")
    return path.absolute()


def _home(path: Path | None, file: Path) -> Path | None:
    """Return the folder of a whole configuration: Debian's names no ServerRoot."""
    if path is not None and path.is_dir():
        return path.absolute()
    return file.parent if (file.parent / "envvars").is_file() else None


def _environment(file: Path) -> dict[str, str]:
    """Return the variables of Debian's `envvars`; those of the process go first."""
    try:
        content = read_regular(file.parent / "envvars", largest=MEBIBYTE)
        text = content.decode(errors="replace")
    except OSError:
        text = ""
    own = {k: v for k, v in os.environ.items() if k.startswith("APACHE_")}
    return {**parse_envvars(text), **own}


def _dumped(wanted: _Wanted, own: Configuration, httpd: Httpd) -> Configuration:
    base = [str(httpd.program), "-f", str(wanted.file), "-t"]
    if wanted.home:
        base += ["-d", str(wanted.home)]
    for name in wanted.defined:
        base += ["-D", name]
    run = [*base, "-D", "DUMP_RUN_CFG", "-D", "DUMP_MODULES"]
    facts = _output(run, wanted.environment)
    loading = [] if "info_module" in facts else _loading(httpd)
    text = _output([*base, "-D", "DUMP_CONFIG", *loading], wanted.environment)
    if "# In file: " not in text:
        raise _NoDumpError("mod_info is missing")
    directives = parse_dump(text)
    early = [
        one
        for one in everywhere(own.directives)
        if one.name in _EARLY | _OPAQUE or one.name.startswith("include")
    ]
    return Configuration(
        path=wanted.file,
        directives=(*early, *directives),
        facts=parse_facts(facts, _root(wanted, httpd)),
        read_by="httpd",
        gaps=_strays(wanted.home, directives, own.directives),
    )


def _root(wanted: _Wanted, httpd: Httpd) -> str:
    return str(wanted.home or httpd.compiled.get("HTTPD_ROOT", "/"))


def _strays(
    home: Path | None, dumped: Iterable[Directive], own: Iterable[Directive]
) -> tuple[str, ...]:
    """Name the files of httpd's dump that may be another server's."""
    if home is None:
        return ()
    reached = {one.place.path for one in everywhere(own)}
    read = {one.place.path for one in everywhere(dumped)}
    return tuple(
        f"{one}: httpd reads it, but nothing below {home} leads there"
        for one in sorted(read - reached)
        if not inside(one, str(home))
    )


def _loading(httpd: Httpd) -> list[str]:
    """Return arguments that load mod_info once the configuration has been read."""
    root = httpd.compiled.get("HTTPD_ROOT", "/")
    folders = (*_MODULE_FOLDERS, f"{root}/modules")
    files = (Path(folder, "mod_info.so") for folder in folders)
    found = next((one for one in files if one.is_file()), None)
    return ["-c", f'LoadModule info_module "{found}"'] if found else []


def _output(
    arguments: list[str], environment: Mapping[str, str], *, strict: bool = True
) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - no shell reads the arguments
            arguments,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={"PATH": os.defpath, "LC_ALL": "C", **environment},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise HttpdError(f"{arguments[0]} cannot be run: {error}") from error
    if done.returncode and strict:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        # The reason stands in the last lines, warnings before them.
        last = "; ".join(said[-_REASON:])
        raise HttpdError(last or f"exit code {done.returncode}")
    return done.stdout.decode(errors="replace")


def _own(wanted: _Wanted, httpd: Httpd | None) -> Configuration:
    root = str(wanted.home or wanted.file.parent)
    if httpd is not None:
        root = _root(wanted, httpd)
    variables = {**wanted.environment, **dict.fromkeys(wanted.defined, "")}
    static = httpd.static if httpd else STATIC
    expansion = Expansion(included, root, variables, static)
    directives = expansion.read(str(wanted.file))
    missing = tuple(f"{one}: names nothing that was found" for one in expansion.missing)
    return Configuration(
        path=wanted.file,
        directives=(*expansion.included, *directives),
        facts=expansion.facts(),
        read_by="files",
        gaps=(*missing, *expansion.closed),
    )
