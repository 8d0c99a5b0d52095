"""A site in a temporary folder, and a private httpd that serves it."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

PROGRAM = Path("/usr/sbin/apache2")
MODULES = Path("/usr/lib/apache2/modules")
USUAL = ("mpm_event", "authz_core", "mime", "alias", "dir", "cgid", "macro")

_MAIN = """\
ServerRoot "{folder}"
ServerName localhost
{accounts}
PidFile httpd.pid
ErrorLog error.log
DefaultRuntimeDir run
Mutex file:run
{modules}
<IfModule cgid_module>
    # Relative to DefaultRuntimeDir.
    ScriptSock cgid
</IfModule>
Listen 127.0.0.1:{port}
TypesConfig mime.types
DocumentRoot docs
StartServers 1
ServerLimit 1
ThreadsPerChild 8
MaxRequestWorkers 8
MinSpareThreads 1
MaxSpareThreads 8
KeepAlive off
<Directory />
    Require all granted
</Directory>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The folder of a site, with its `httpd.conf` and its document root `docs`."""

    folder: Path
    port: int

    @property
    def config(self) -> Path:
        """The configuration file."""
        return self.folder / "httpd.conf"

    def write(self, config: str, modules: tuple[str, ...] = ()) -> None:
        """Write the configuration: the usual beginning, then these lines.

        Args:
            config: lines in which `@` stands for the site's folder.
            modules: what to load besides the usual modules; with a minus sign in
                front, what to leave out.

        """
        wanted = [one for one in USUAL if f"-{one}" not in modules]
        wanted += [one for one in modules if not one.startswith("-")]
        loads = [f"LoadModule {one}_module {MODULES}/mod_{one}.so" for one in wanted]
        root = os.geteuid() == 0
        head = _MAIN.format(
            folder=self.folder,
            accounts="User nobody\nGroup nogroup" if root else "",
            modules="\n".join(loads),
            port=self.port,
        )
        self.config.write_text(head + config.replace("@", str(self.folder)))

    def plant(self, files: Mapping[str, str]) -> None:
        """Write files below the site's folder; those that begin with `#!` may run."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            path.chmod(0o755 if text.startswith("#!") else 0o644)

    def get(self, url: str) -> bytes:
        """Return the body of the answer to a request."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", url)
            return connection.getresponse().read()
        finally:
            connection.close()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run httpd while the block runs."""
        process = subprocess.Popen(
            [PROGRAM, "-f", self.config, "-D", "FOREGROUND"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        try:
            self._wait(process)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=20)

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        for _ in range(400):
            if process.poll() is not None:
                break
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        log = self.folder / "error.log"
        raise AssertionError(log.read_text() if log.exists() else "did not start")


@contextmanager
def site() -> Iterator[Site]:
    """Return an empty site that the account of httpd can read."""
    folder = Path(tempfile.mkdtemp(prefix="site-"))
    try:
        folder.chmod(0o755)
        for name in ("docs", "run"):
            (folder / name).mkdir()
        (folder / "run").chmod(0o777)
        (folder / "mime.types").write_text("text/html html\ntext/plain txt\n")
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            port = trial.getsockname()[1]
        yield Site(folder=folder, port=port)
    finally:
        shutil.rmtree(folder)
