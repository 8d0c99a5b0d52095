"""Whether the versions of what mirrorsel stands on are right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mirrorsel.doctor.finding import Finding, Group, Told

_told = Told(Group.SOFTWARE)

_WSGI = "mod_wsgi"
_FULL = "6.0"
"""The version from which it hands on the level of a line of the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A library that mirrorsel needs."""

    name: str
    least: str
    """The oldest version that will do; empty for any."""
    found: str
    """The version that is installed; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wsgi:
    """The module mod_wsgi that httpd loads."""

    file: str
    exists: bool
    version: str
    """Empty where nobody can tell."""
    python: str
    """The Python that it was built for, such as 3.11; empty where nobody can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Software:
    """What is installed."""

    mirrorsel: str
    python: str
    """The version of the Python that runs the doctor, such as 3.11."""
    home: str
    """The folder of its environment."""
    needs: tuple[Need, ...]
    wsgi: Wsgi | None
    """None where httpd loads none."""
    homes: tuple[str, ...] = ()
    """The environments that httpd runs mirrorsel in."""


def judge_software(seen: Software) -> Iterator[Finding]:
    """Yield how the software is."""
    yield from _needs(seen)
    yield from _wsgi(seen)
    yield from _homes(seen)


def _needs(seen: Software) -> Iterator[Finding]:
    old = [one for one in seen.needs if _older(one.found, one.least)]
    for one in old:
        found = f"is {one.found}" if one.found else "is not installed"
        yield _told.fail(
            "library",
            f"{one.name} {found}, and {one.least or 'some version'} or later is needed",
            f"{seen.home}/bin/pip install --no-cache-dir '{one.name}>={one.least}'",
        )
    if not old:
        falcon = next((one.found for one in seen.needs if one.name == "falcon"), "")
        more = f", Falcon {falcon}" if falcon else ""
        words = f"mirrorsel {seen.mirrorsel}, Python {seen.python}{more} in {seen.home}"
        yield _told.ok("library", words)


def _wsgi(seen: Software) -> Iterator[Finding]:
    module = seen.wsgi
    if module is None:
        return
    if not module.exists:
        words = f"httpd loads {module.file}, which is not there"
        yield _told.fail(_WSGI, words, _module_anew(seen))
    elif module.python and module.python != seen.python:
        words = f"{module.file} was built for Python {module.python}, not {seen.python}"
        yield _told.fail(_WSGI, words, _module_anew(seen))
    elif not module.version:
        words = f"the version of {module.file} is not to be found out"
        yield _told.unseen(_WSGI, words, f"look at what `pip show {_WSGI}` says")
    elif _older(module.version, _FULL):
        yield _told.warn(
            _WSGI,
            f"{module.file} is mod_wsgi {module.version}: it works, but every line in"
            " httpd's log is an error there, whatever it says",
            f"use one of {_FULL} or later: {_module_anew(seen)}",
        )
    else:
        words = f"mod_wsgi {module.version} for Python {module.python or seen.python}"
        yield _told.ok(_WSGI, words)


def _homes(seen: Software) -> Iterator[Finding]:
    for home in seen.homes:
        if home == seen.home:
            yield _told.ok("environment", f"httpd runs mirrorsel in {home}")
        else:
            yield _told.warn(
                "environment",
                f"httpd runs mirrorsel in {home}, and this doctor is of {seen.home}",
                f"run {home}/bin/mirrorsel doctor; or let MIRRORSEL_PYTHON name"
                f" {seen.home}, and restart httpd",
            )


def _module_anew(seen: Software) -> str:
    return (
        f"{seen.home}/bin/pip install --no-cache-dir --force-reinstall mod_wsgi, then"
        f" put the line that {seen.home}/bin/mod_wsgi-express module-config prints in"
        " the place of the LoadModule line, and restart httpd"
    )


def _older(found: str, least: str) -> bool:
    """Return whether a version is older than another, or there is none."""
    return not found or _numbers(found) < _numbers(least)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)[:3]))
