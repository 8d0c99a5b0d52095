"""The servers that mirrors run, on loopback: httpd, nginx, lighttpd, Caddy."""

import contextlib
import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from mirrorsel.httpd.locate import locate
from tests.loopback import common_port
from tests.waiting import listens, wait_for

_HOST = "127.0.0.1"
# Where `./dev setup` unpacks what is not installed.
_UNPACKED = Path(sys.prefix) / "servers"
_PLACES = ("/usr/sbin", f"{_UNPACKED}/usr/sbin", f"{_UNPACKED}/usr/bin")


@functools.cache
def program(name: str) -> str | None:
    """Return the path of a server that runs here; None if there is none."""
    path = os.pathsep.join((os.environ.get("PATH", ""), *_PLACES))
    found = shutil.which(name, path=path)
    if found is None:
        return None
    version = "version" if name == "caddy" else "-v"
    ran = subprocess.run([found, version], capture_output=True, check=False)
    return found if ran.returncode == 0 else None


@contextlib.contextmanager
def nginx(folder: Path, work: Path, settings: str = "") -> Iterator[str]:
    """Publish a folder by nginx, and give its URL.

    Args:
        folder: What is published.
        work: Where its own files lie.
        settings: More of its configuration.

    """
    port = common_port(_HOST)
    temporary = "".join(
        f"{one}_temp_path {work}/{one};"
        for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.getuid() == 0 else ""
    conf = work / "nginx.conf"
    conf.write_text(
        f"daemon off; master_process off; {user} pid {work}/pid; "
        f"error_log {work}/errors; events {{}}\n"
        f"http {{ access_log off; {temporary} server {{ listen {_HOST}:{port}; "
        f"root {folder}; autoindex on; {settings} }} }}\n"
    )
    command = [program("nginx") or "nginx", "-p", str(work), "-c", str(conf)]
    with _running([*command, "-e", f"{work}/errors"], port) as url:
        yield url


@contextlib.contextmanager
def lighttpd(folder: Path, work: Path, settings: str = "") -> Iterator[str]:
    """Publish a folder by lighttpd, and give its URL."""
    port = common_port(_HOST)
    found = Path(program("lighttpd") or "lighttpd")
    conf = work / "lighttpd.conf"
    conf.write_text(
        f'server.document-root = "{folder}"\nserver.port = {port}\n'
        f'server.bind = "{_HOST}"\nserver.errorlog = "{work}/errors"\n'
        f'server.modules = ("mod_dirlisting")\n{settings}\n'
    )
    modules = found.parent.parent / "lib" / "lighttpd"
    command = [str(found), "-D", "-f", str(conf), "-m", str(modules)]
    with _running(command, port) as url:
        yield url


@contextlib.contextmanager
def caddy(folder: Path, work: Path) -> Iterator[str]:
    """Publish a folder by Caddy, and give its URL."""
    port = common_port(_HOST)
    conf = work / "Caddyfile"
    conf.write_text(
        f"{{\n admin off\n auto_https off\n storage file_system {work}\n}}\n"
        f"http://{_HOST}:{port} {{\n root * {folder}\n file_server browse\n}}\n"
    )
    command = [program("caddy") or "caddy", "run", "--config", str(conf)]
    with _running([*command, "--adapter", "caddyfile"], port) as url:
        yield url


@contextlib.contextmanager
def httpd(folder: Path, work: Path, settings: str = "") -> Iterator[str]:
    """Publish a folder by httpd, and give its URL.

    Where root runs it, its account must be able to read the folder.
    """
    port, found = common_port(_HOST), locate()
    modules = ("mpm_event", "authz_core", "autoindex", "dir", "mime")
    loaded = "".join(
        f"LoadModule {one}_module {found.modules}/mod_{one}.so\n"
        for one in modules
        if (found.modules / f"mod_{one}.so").exists()
    )
    account = "User nobody\nGroup nogroup\n" if os.getuid() == 0 else ""
    conf = work / "httpd.conf"
    conf.write_text(
        f"ServerRoot {work}\nServerName localhost\nListen {_HOST}:{port}\n"
        f"PidFile {work}/pid\nMutex file:{work}\nErrorLog {work}/errors\n{loaded}"
        f"{account}TypesConfig /dev/null\nDocumentRoot {folder}\n<Directory {folder}>\n"
        "Options Indexes FollowSymLinks\nRequire all granted\n</Directory>\n"
        f"{settings}\n"
    )
    command = [str(found.program), "-X", "-f", str(conf)]
    libraries = {"LD_LIBRARY_PATH": found.libraries} if found.libraries else {}
    with _running(command, port, libraries) as url:
        yield url


@contextlib.contextmanager
def _running(
    command: list[str], port: int, environment: dict[str, str] | None = None
) -> Iterator[str]:
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **(environment or {})},
    ) as process:
        try:
            wait_for(partial(listens, _HOST, port), 20)
            yield f"http://{_HOST}:{port}/"
        finally:
            process.terminate()
