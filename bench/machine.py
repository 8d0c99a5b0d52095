"""The machine, and the versions of all that takes part."""

import os
import platform
import re
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

from mirrorsel.httpd.conf import environment
from mirrorsel.httpd.locate import locate

_ROOT = Path(__file__).parents[1]
_GIB = 2**30
_PACKAGES = ("mod_wsgi", "mod_wsgi-standalone", "falcon", "geoip2", "iptocc")


def about(arguments: Sequence[str]) -> list[tuple[str, str]]:
    """Return what a reader must know of the machine, by names."""
    return list(_about(arguments))


def busy() -> str:
    """Return a warning if others use the machine; else nothing."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load <= cores / 4:
        return ""
    return (
        f"this machine is busy (load {load:.1f} on {cores} cores):"
        " rates and latencies are worse than they would be, ratios less exact"
    )


def _about(arguments: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield "command", " ".join(["./dev bench", *arguments])
    yield "time", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    yield "commit", _first_line(["git", "describe", "--always", "--dirty"])
    yield "processor", f"{_processor()}, {os.cpu_count()} cores"
    yield "memory", f"{psutil.virtual_memory().total / _GIB:.1f} GiB"
    yield "load before", f"{os.getloadavg()[0]:.1f}"
    yield "system", f"{_system()}, Linux {platform.release()}"
    yield "Python", platform.python_version()
    yield "httpd", _httpd()
    for package in _PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            continue
    yield "wrk", _first_line(["wrk", "-v"])


def _processor() -> str:
    found = re.search(r"^model name\s*: (.*)$", _text("/proc/cpuinfo"), re.MULTILINE)
    return found[1] if found else platform.machine()


def _system() -> str:
    found = re.search(r'^PRETTY_NAME="(.*)"$', _text("/etc/os-release"), re.MULTILINE)
    return found[1] if found else platform.system()


def _httpd() -> str:
    httpd = locate()
    words = _first_line([str(httpd.program), "-v"], environment(httpd))
    return words.removeprefix("Server version: ")


def _first_line(command: list[str], environ: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command, cwd=_ROOT, env=environ, capture_output=True, text=True, check=False
    )
    return next(iter(done.stdout.splitlines()), "unknown").partition(" Copyright")[0]


def _text(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""
