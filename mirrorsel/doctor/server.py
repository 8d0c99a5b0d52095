"""Whether httpd's configuration has mirrorsel in it, and all that it needs."""

from collections.abc import Iterator
from dataclasses import dataclass

from mirrorsel.doctor.finding import AS_ROOT, Finding, Group, Told
from mirrorsel.words import counted

_told = Told(Group.HTTPD)

NEEDED = (
    "alias",
    "authz_core",
    "authz_host",
    "headers",
    "log_config",
    "macro",
    "setenvif",
    "wsgi",
)
"""The modules that the shipped configuration needs."""
_MOST_PLACES = 3
_NAME_IT = "name it by --httpd-config; or --no-httpd where none belongs to this machine"
# What httpd says, and what to do: the first that is found in it.
_REMEDIES = (
    (
        "libpython",
        (
            "mod_wsgi was built for a Python that is gone: install it anew, by"
            " pip install --no-cache-dir --force-reinstall mod_wsgi"
        ),
    ),
    ("Cannot load", "install the module, or remove the line that loads it"),
    ("bad user name", "make that account: `mirrorsel init` prints how"),
    ("bad group name", "make that group: `mirrorsel init` prints how"),
    ("mod_macro", "enable it; on Debian: a2enmod macro"),
    ("Invalid command 'Use'", "enable mod_macro; on Debian: a2enmod macro"),
    ("Macro", "include httpd-conf/mirrorsel.conf before the line that uses it"),
    ("mod_headers", "enable it; on Debian: a2enmod headers"),
    ("wsgi.py", "let MIRRORSEL_HOME name the folder of wsgi.py"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """What is to be seen of an httpd and its configuration."""

    file: str
    """Its configuration; empty where none was found."""
    missing: str = ""
    """Why none was found."""
    refused: str = ""
    """What httpd has against its configuration, which its files were read for then."""
    doubts: tuple[str, ...] = ()
    """What of it could not be read for sure."""
    modules: frozenset[str] | None = None
    """What is loaded, without ``_module``; None where nobody can tell."""
    proxies: bool = False
    """Whether the headers of proxies are believed."""
    script: str = ""
    """The wsgi.py of the instance."""
    scripts: tuple[str, ...] = ()
    """Those that are mapped."""
    executing: tuple[str, ...] = ()
    """The places with ``ExecCGI``."""


def judge_server(seen: Server) -> Iterator[Finding]:
    """Yield how httpd's configuration is."""
    if not seen.file:
        yield _told.fail("configuration", seen.missing, _NAME_IT)
        return
    if seen.refused:
        yield _told.fail(
            "configuration",
            f"httpd refuses {seen.file}: {seen.refused}",
            _mend(seen.refused),
        )
    else:
        yield _told.ok("configuration", f"httpd takes {seen.file}")
    for one in seen.doubts:
        yield _told.unseen("configuration", one, AS_ROOT)
    yield from _modules(seen)
    yield _mapping(seen)
    yield from _executing(seen)


def _modules(seen: Server) -> Iterator[Finding]:
    if seen.modules is None:
        return
    needed = (*NEEDED, "remoteip") if seen.proxies else NEEDED
    lacking = [one for one in needed if one not in seen.modules]
    if not lacking:
        yield _told.ok("modules", "all modules of httpd that are needed are loaded")
        return
    names = " ".join(lacking)
    if lacking == ["wsgi"]:
        remedy = (
            "include the pieces of `mirrorsel init`, whose LoadModule line names it"
        )
    else:
        remedy = f"load them, and restart httpd; on Debian: a2enmod {names}"
    yield _told.fail("modules", f"modules of httpd that are missing: {names}", remedy)


def _mapping(seen: Server) -> Finding:
    if seen.script in seen.scripts:
        return _told.ok("mapping", f"httpd maps requests to {seen.script}")
    others = ", ".join(one for one in seen.scripts if one.endswith("/wsgi.py"))
    words = f"httpd maps no request to {seen.script}"
    if others:
        words += f", but some to {others}"
    return _told.fail(
        "mapping",
        words,
        "include the pieces of `mirrorsel init`, and say `Use MirrorselVhost` in a"
        " virtual host; docs/installing.md tells all steps",
    )


def _executing(seen: Server) -> Iterator[Finding]:
    if not seen.executing:
        yield _told.ok("exec-cgi", "ExecCGI is nowhere in the configuration")
        return
    places = ", ".join(seen.executing[:_MOST_PLACES])
    more = len(seen.executing) - _MOST_PLACES
    others = f" and {counted(more, 'more place')}" if more > 0 else ""
    words = f"ExecCGI at {places}{others}"
    remedy = "let `mirrorsel audit` tell whether files of a document root can run"
    yield _told.warn("exec-cgi", words, remedy)


def _mend(refused: str) -> str:
    found = (remedy for words, remedy in _REMEDIES if words in refused)
    return next(found, "mend the line that it names")
