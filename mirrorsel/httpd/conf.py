"""The configuration file of a private httpd."""

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from mirrorsel.httpd.accounts import Accounts
from mirrorsel.httpd.locate import Httpd
from mirrorsel.httpd.python import prefix
from mirrorsel.shipped import shipped

MODULES = (
    "mpm_event",
    "unixd",
    "log_config",
    "authz_core",
    "authz_host",
    "alias",
    "dir",
    "headers",
    "macro",
    "remoteip",
    "setenvif",
)
"""What the shipped configuration needs, mod_wsgi apart, and a document root."""
CONFIGURATION = "mirrorsel.conf"
"""The file that operators include."""
ERROR_LOG = "error.log"
ACCESS_LOG = "access.log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where a private httpd keeps its own files."""

    runtime: Path
    """The folder of its configuration, PID file and sockets."""
    logs: Path

    @property
    def configuration(self) -> Path:
        """The configuration file."""
        return self.runtime / "httpd.conf"

    @property
    def error_log(self) -> Path:
        """The log of httpd, of the application and of the checker."""
        return self.logs / ERROR_LOG

    @property
    def access_log(self) -> Path:
        """The log of requests, in the format `mirrorsel`."""
        return self.logs / ACCESS_LOG

    @property
    def documents(self) -> Path:
        """The document root of the main server; it stays empty."""
        return self.runtime / "documents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a private httpd is to run."""

    home: Path
    """The folder with wsgi.py, the settings and the list."""
    accounts: Accounts
    host: str = "127.0.0.1"
    port: int = 0
    """0 for one that is free."""
    processes: int = 2
    threads: int = 4
    """The threads of one process."""
    mpm: str = "event"
    """The multi-processing module."""
    embedded: bool = False
    """Whether httpd's own processes answer, without daemon processes."""
    checker: bool = True
    """Whether httpd starts a checker; without, another service may."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses and networks whose forwarded headers are believed."""
    logs: Path | None = None
    """The folder of the two logs; None for the folder `log` of the home."""
    modules: tuple[str, ...] = ()
    """Modules to load besides `MODULES`, without ``mod_``."""
    included: Path = field(
        default_factory=lambda: shipped("httpd-conf") / CONFIGURATION
    )
    """The configuration of mirrorsel."""
    extra: str = ""
    """Configuration that comes last, such as virtual hosts."""


def compiled_in(httpd: Httpd) -> frozenset[str]:
    """Return the modules that are part of the program, without ``mod_``."""
    listed = subprocess.run(  # noqa: S603 - the httpd that was found, a fixed option
        [httpd.program, "-l"],
        env=environment(httpd),
        capture_output=True,
        text=True,
        check=False,
    )
    names = (line.strip().removesuffix(".c") for line in listed.stdout.splitlines())
    # A multi-processing module is listed without its prefix.
    bare = frozenset(name.removeprefix("mod_") for name in names)
    return bare | {f"mpm_{name}" for name in bare}


def environment(httpd: Httpd) -> dict[str, str]:
    """Return the environment variables in which httpd runs.

    None is handed on: MIRRORSEL_CONFIG or a proxy of the operator's shell is
    not meant for httpd.
    """
    variables = {"PATH": os.defpath, "LANG": "C.UTF-8"}
    if httpd.libraries:
        variables["LD_LIBRARY_PATH"] = httpd.libraries
    return variables


def render(options: Options, httpd: Httpd, layout: Layout) -> str:
    """Return the text of the configuration file.

    It is small: everything about mirrorsel comes from the shipped file that
    operators include too.
    """
    parts = (
        _loading(options, httpd),
        _server(options, layout),
        _parameters(options),
        (
            f"Include {_quoted(options.included)}",
            f"CustomLog {_quoted(layout.access_log)} mirrorsel",
            "Use MirrorselVhost",
            options.extra,
        ),
    )
    return "\n".join(line for part in parts for line in (*part, "")) + "\n"


def _loading(options: Options, httpd: Httpd) -> tuple[str, ...]:
    present = compiled_in(httpd)
    shipped_with = (one.replace("mpm_event", f"mpm_{options.mpm}") for one in MODULES)
    wanted = dict.fromkeys((*shipped_with, *options.modules))
    files = {
        name: httpd.modules / f"mod_{name}.so" for name in wanted if name not in present
    }
    files["wsgi"] = httpd.wsgi
    return tuple(
        f"LoadModule {name}_module {_quoted(file)}" for name, file in files.items()
    )


def _server(options: Options, layout: Layout) -> tuple[str, ...]:
    host = f"[{options.host}]" if ":" in options.host else options.host
    return (
        f"ServerRoot {_quoted(layout.runtime)}",
        # Given so that httpd does not ask the resolver for one.
        "ServerName localhost",
        "ServerTokens Prod",
        "ServerSignature Off",
        f"Listen {host}:{options.port}",
        f"PidFile {_quoted(layout.runtime / 'httpd.pid')}",
        f"DefaultRuntimeDir {_quoted(layout.runtime)}",
        f"ErrorLog {_quoted(layout.error_log)}",
        "LogLevel warn wsgi:info",
        f"DocumentRoot {_quoted(layout.documents)}",
        *_accounts(options),
        # httpd's account must be able to reach the sockets of the daemons.
        f"WSGISocketPrefix {_quoted(layout.runtime / 'wsgi')}",
        f"WSGIPythonHome {_quoted(prefix())}",
        # Without it each of httpd's own processes starts a Python too.
        f"WSGIRestrictEmbedded {'Off' if options.embedded else 'On'}",
    )


def _accounts(options: Options) -> tuple[str, ...]:
    if os.geteuid() != 0:
        return ()
    accounts = options.accounts
    # What reads the files of the home needs the group that may read them.
    group = accounts.web.group if options.embedded else accounts.httpd.group
    return f"User {accounts.httpd.user}", f"Group {group}"


def _parameters(options: Options) -> tuple[str, ...]:
    accounts = options.accounts
    values: dict[str, object] = {
        "HOME": options.home,
        "PYTHON": prefix(),
        "USER": accounts.web.user,
        "GROUP": accounts.web.group,
        "CHECKER_USER": accounts.checker.user,
        "CHECKER_GROUP": accounts.checker.group,
        "PROCESSES": options.processes,
        "THREADS": options.threads,
    }
    if options.trusted_proxies:
        values["TRUSTED_PROXIES"] = " ".join(options.trusted_proxies)
    lines = [
        f"Define MIRRORSEL_{name} {_quoted(value)}" for name, value in values.items()
    ]
    if not options.checker:
        lines.append("Define MIRRORSEL_NO_CHECKER")
    if options.embedded:
        lines.append("Define MIRRORSEL_EMBEDDED")
    return tuple(lines)


def _quoted(value: object) -> str:
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
