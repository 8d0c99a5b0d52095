"""Configurations of httpd as systems lay them out, in a temporary folder."""

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from mirrorsel.httpd.accounts import choose_accounts
from mirrorsel.httpd.conf import MODULES, compiled_in, environment
from mirrorsel.httpd.locate import locate
from mirrorsel.httpd.port import claim_port
from mirrorsel.instance.layout import Layout

_LATER = frozenset({"headers", "macro", "remoteip"})
"""What Debian does not enable by itself."""
# What Debian's commands do, as far as we need it.
_LINK = """#!/bin/sh
set -eu
for name in "$@"; do
    found=
    for end in conf load; do
        [ -e "$APACHE_CONFDIR/{kind}-available/$name.$end" ] || continue
        cd "$APACHE_CONFDIR/{kind}-enabled"
        ln -s "../{kind}-available/$name.$end" .
        found=yes
    done
    [ "$found" ]
done
"""
_COMMANDS: Mapping[str, str] = MappingProxyType(
    {"a2enmod": "mods", "a2enconf": "conf", "a2ensite": "sites"}
)
_SERVER = """
PidFile "{root}/httpd.pid"
DefaultRuntimeDir "{root}"
ServerName localhost
Listen 127.0.0.1:{port}
ErrorLog "{logs}/error.log"
{account}
<Directory />
    Require all denied
</Directory>
"""
_SOCKETS = 'WSGISocketPrefix "{root}/wsgi"\n'
_DEBIAN = """
IncludeOptional mods-enabled/*.load
IncludeOptional conf-enabled/*.conf
IncludeOptional sites-enabled/*.conf
"""
_REDHAT = """
ServerRoot "{root}"
Include conf.modules.d/*.conf
{server}
IncludeOptional conf.d/*.conf
"""
_START_SECONDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A configuration."""

    layout: Layout
    root: Path
    port: int
    logs: Path

    @property
    def file(self) -> Path:
        """Its main file."""
        debian = self.layout is Layout.DEBIAN
        return self.root / ("apache2.conf" if debian else "conf/httpd.conf")

    @property
    def variables(self) -> dict[str, str]:
        """The environment in which Debian starts it."""
        return {
            **environment(locate()),
            "APACHE_CONFDIR": str(self.root),
            "APACHE_LOG_DIR": str(self.logs),
        }

    def run(self, commands: Sequence[Sequence[str]]) -> None:
        """Run the commands of an administrator, as far as they need no system."""
        for command in commands:
            path = f"{self.root}/bin:{os.defpath}"
            subprocess.run(command, env={**self.variables, "PATH": path}, check=True)

    def get(self, path: str, host: str) -> tuple[int, str, str]:
        """Return status, `Location` and text of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers={"Host": host})
            answer = connection.getresponse()
            return (
                answer.status,
                answer.getheader("location", ""),
                answer.read().decode(),
            )
        finally:
            connection.close()


def make_tree(layout: Layout, root: Path) -> Tree:
    """Make a configuration as a package leaves it."""
    root.mkdir()
    root.chmod(0o755)
    logs = root / "logs"
    logs.mkdir()
    tree = Tree(layout=layout, root=root, port=claim_port("127.0.0.1", 0), logs=logs)
    if layout is Layout.DEBIAN:
        _make_debian(tree)
    else:
        _make_redhat(tree)
    return tree


@contextmanager
def running(tree: Tree) -> Iterator[None]:
    """Run an httpd on a configuration until the context is left."""
    httpd = locate()
    process = subprocess.Popen(
        [httpd.program, "-d", tree.root, "-f", tree.file, "-DFOREGROUND"],
        env=tree.variables,
        start_new_session=True,
        cwd="/",
    )
    try:
        _wait(tree, process)
        yield
    finally:
        process.terminate()
        process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _wait(tree: Tree, process: "subprocess.Popen[bytes]") -> None:
    limit = time.monotonic() + _START_SECONDS
    while time.monotonic() < limit:
        assert process.poll() is None, (tree.logs / "error.log").read_text()
        with suppress(OSError, http.client.HTTPException):
            tree.get("/", "localhost")
            return
        time.sleep(0.05)
    raise AssertionError((tree.logs / "error.log").read_text())


def _make_debian(tree: Tree) -> None:
    for name in ("mods", "conf", "sites", "bin"):
        for end in ("available", "enabled"):
            (tree.root / f"{name}-{end}").mkdir()
    (tree.root / "bin").mkdir()
    for name, line in _loading():
        (tree.root / "mods-available" / f"{name}.load").write_text(line)
    for name, kind in _COMMANDS.items():
        script = tree.root / "bin" / name
        script.write_text(_LINK.format(kind=kind))
        script.chmod(0o755)
    (tree.root / "envvars").write_text(f"export APACHE_LOG_DIR={tree.logs}\n")
    (tree.root / "conf-enabled" / "zz.conf").write_text(_SOCKETS.format(root=tree.root))
    tree.file.write_text(f"{_DEBIAN}{_server(tree)}")
    usual = [name for name, _ in _loading() if name not in _LATER]
    tree.run([["a2enmod", *usual]])


def _make_redhat(tree: Tree) -> None:
    for name in ("conf", "conf.d", "conf.modules.d"):
        (tree.root / name).mkdir()
    base = "".join(line for _, line in _loading())
    (tree.root / "conf.modules.d" / "00-base.conf").write_text(base)
    (tree.root / "conf.d" / "zz.conf").write_text(_SOCKETS.format(root=tree.root))
    text = _REDHAT.format(root=tree.root, server=_server(tree))
    tree.file.write_text(text)


def _loading() -> Iterator[tuple[str, str]]:
    httpd = locate()
    present = compiled_in(httpd)
    for name in MODULES:
        if name not in present:
            file = httpd.modules / f"mod_{name}.so"
            yield name, f'LoadModule {name}_module "{file}"\n'


def _server(tree: Tree) -> str:
    account = choose_accounts().httpd
    # Heeded by root's httpd alone, and for all to read.
    names = f"User {account.user}\nGroup {account.group}"
    return _SERVER.format(root=tree.root, port=tree.port, logs=tree.logs, account=names)
