"""What is installed, for the doctor to judge."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from mirrorsel.doctor.software import Need, Software, Wsgi
from mirrorsel.httpd.python import prefix
from mirrorsel.instance.seen.scene import Scene
from mirrorsel.regular import MEBIBYTE, read_regular

_PACKAGE = "mirrorsel"
_NEED = re.compile(
    r"(?P<name>[A-Za-z0-9._-]+)\s*(?:>=\s*(?P<least>[0-9.]+))?[^;]*(?P<mark>;.*)?"
)
_LARGEST = 64 * MEBIBYTE
# As the linker notes it, and as a file of mod_wsgi is named.
_LINKED = re.compile(rb"libpython(\d+\.\d+)")
_NAMED = re.compile(r"-py(3)(\d+)\.|\.so-(3)\.(\d+)$")
# Two versions stand in it as texts of their own: Python's, and its own.
_VERSION = re.compile(rb"(?<=\x00)(\d+\.\d+(?:\.\d+)?)(?=\x00)")


def see_software(scene: Scene) -> Software:
    """Return what is installed."""
    setup = scene.setup
    processes = (setup.web, setup.checker) if setup else ()
    homes = dict.fromkeys(one.home for one in processes if one and one.home)
    return Software(
        mirrorsel=version(_PACKAGE),
        python=_python(),
        home=str(prefix()),
        needs=tuple(_needs()),
        wsgi=_wsgi(Path(setup.wsgi)) if setup and setup.wsgi else None,
        homes=tuple(dict.fromkeys(str(prefix(one)) for one in homes)),
    )


def _needs() -> Iterator[Need]:
    for line in requires(_PACKAGE) or ():
        found = _NEED.fullmatch(line)
        # What stands behind a mark belongs to an extra.
        if found and not found["mark"]:
            name, least = found["name"], found["least"] or ""
            yield Need(name=name, least=least, found=_version(name))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _wsgi(file: Path) -> Wsgi:
    """Return what a file of mod_wsgi tells of itself; nothing of it is run."""
    real = file.resolve()
    try:
        content = read_regular(real, largest=_LARGEST)
    except OSError:
        return Wsgi(file=str(file), exists=file.exists(), version="", python="")
    linked, named = _LINKED.search(content), _NAMED.search(real.name)
    python = linked[1].decode() if linked else ""
    if named and not python:
        python = ".".join(one for one in named.groups() if one)
    versions = [one.decode() for one in _VERSION.findall(content)]
    own = (one for one in versions if not one.startswith(f"{python or '3'}"))
    return Wsgi(file=str(file), exists=True, version=next(own, ""), python=python)


def _python() -> str:
    return ".".join(map(str, sys.version_info[:2]))
