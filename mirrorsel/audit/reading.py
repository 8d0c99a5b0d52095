"""The configuration as httpd dumps it, or else as its files say."""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mirrorsel.audit.directive import Directive
from mirrorsel.audit.dump import Facts, parse_dump, parse_facts
from mirrorsel.audit.envvars import parse_envvars
from mirrorsel.audit.expansion import STATIC, Expansion
from mirrorsel.errors import HttpdError

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Httpd:
    """An httpd to ask, and what it was compiled with."""

    program: Path
    compiled: Mapping[str, str]
    static: frozenset[str]


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
    compiled = _output([str(found), "-V"], {}, strict=False)
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
    environment = _environment(file)
    if httpd is None:
        return _own_reading(file, None, environment, defined, ())
    try:
        return _dumped(file, httpd, environment, defined)
    except HttpdError as error:
        doubt = f"httpd cannot dump it, so its files were read instead: {error}"
        return _own_reading(file, httpd, environment, defined, (doubt,))


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


def _environment(file: Path) -> dict[str, str]:
    """Return the variables of Debian's `envvars`; those of the process go first."""
    try:
        text = (file.parent / "envvars").read_text(errors="replace")
    except OSError:
        text = ""
    own = {k: v for k, v in os.environ.items() if k.startswith("APACHE_")}
    return {**parse_envvars(text), **own}


def _dumped(
    file: Path, httpd: Httpd, environment: Mapping[str, str], defined: Sequence[str]
) -> Configuration:
    base = [str(httpd.program), "-f", str(file), "-t"]
    for name in defined:
        base += ["-D", name]
    facts = _output([*base, "-D", "DUMP_RUN_CFG", "-D", "DUMP_MODULES"], environment)
    loading = [] if "info_module" in facts else _loading(httpd)
    text = _output([*base, "-D", "DUMP_CONFIG", *loading], environment)
    if "# In file: " not in text:
        raise HttpdError("mod_info is missing")
    return Configuration(
        path=file,
        directives=parse_dump(text),
        facts=parse_facts(facts, httpd.compiled.get("HTTPD_ROOT", "/")),
        read_by="httpd",
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


def _own_reading(
    file: Path,
    httpd: Httpd | None,
    environment: Mapping[str, str],
    defined: Sequence[str],
    doubts: tuple[str, ...],
) -> Configuration:
    root = str(file.parent)
    if httpd is not None:
        root = httpd.compiled.get("HTTPD_ROOT", root)
    variables = {**environment, **dict.fromkeys(defined, "")}
    static = httpd.static if httpd else STATIC
    expansion = Expansion(_files, root, variables, static)
    directives = expansion.read(str(file))
    missing = tuple(f"{one}: names nothing that was found" for one in expansion.missing)
    return Configuration(
        path=file,
        directives=directives,
        facts=expansion.facts(),
        read_by="files",
        doubts=(*doubts, *missing),
    )


def _files(pattern: str) -> Iterator[tuple[str, str]]:
    """Return the files that a pattern of Include names, folders with all below."""
    parts = Path(pattern).relative_to("/")
    for path in sorted(Path("/").glob(str(parts))):
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in (one for one in inside if one.is_file()):
            try:
                yield str(file), file.read_bytes().decode(errors="replace")
            except OSError as error:
                raise HttpdError(f"{file}: cannot be read: {error.strerror}") from error
