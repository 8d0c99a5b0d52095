"""A private httpd that serves given settings and a given list."""

import contextlib
import http.client
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mirrorsel.httpd.accounts import Accounts, choose_accounts
from mirrorsel.httpd.conf import Options
from mirrorsel.httpd.home import Home, stage
from mirrorsel.httpd.run import PrivateHttpd

LIST = "http de https://mirror.example.de/apache/\n"
SETTINGS = "[checker]\nenabled = false\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What httpd answered."""

    status: int
    headers: Mapping[str, str]
    """By name in lower case; the last of several."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A running httpd and the files that it serves."""

    folder: Path
    """The operator's folder: mirrorsel.toml and mirrors.list."""
    home: Home
    httpd: PrivateHttpd

    @property
    def settings_file(self) -> Path:
        """The operator's settings."""
        return self.folder / "mirrorsel.toml"

    @property
    def list_file(self) -> Path:
        """The operator's list."""
        return self.folder / "mirrors.list"

    @property
    def log(self) -> str:
        """All of the error log so far."""
        return self.httpd.layout.error_log.read_text()

    def ask(
        self,
        path: str,
        method: str = "GET",
        *,
        headers: Mapping[str, str] | None = None,
        source: str = "127.0.0.1",
        body: bytes | None = None,
    ) -> Answer:
        """Return the answer to one request that comes from an address."""
        address = (self.httpd.options.host, self.httpd.options.port)
        connection = http.client.HTTPConnection(
            *address, timeout=30, source_address=(source, 0)
        )
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(status=answer.status, headers=named, text=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be served, and how."""

    settings: str = SETTINGS
    mirrors: str = LIST
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Further files of the operator's folder, such as GeoIP databases."""
    processes: int = 1
    embedded: bool = False
    checker: bool = True
    trusted_proxies: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    extra: str = ""
    accounts: Accounts | None = None
    """None for those that ``mirrorsel serve`` would choose."""


def documents(root: Path) -> str:
    """Return what makes httpd publish a folder, with download pages."""
    return (
        f'DocumentRoot "{root}"\n'
        f'<Directory "{root}">\n    Require all granted\n</Directory>\n'
        f'Use MirrorselDocumentRoot "{root}"\n'
    )


def virtual_host(root: Path) -> str:
    """Return a host that publishes a folder, and has all addresses of mirrorsel."""
    return f"<VirtualHost *>\n{documents(root)}Use MirrorselVhost\n</VirtualHost>\n"


Serve = Callable[[Order], Served]
"""Starts an httpd that lasts as long as the fixture's scope."""


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """Make a temporary folder that every account can read, unlike pytest's."""
    folder = Path(tempfile.mkdtemp(prefix="mirrorsel-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextlib.contextmanager
def serving(order: Order) -> Iterator[Served]:
    """Serve until the context is left."""
    with open_folder() as base:
        folder, accounts = base / "operator", order.accounts or choose_accounts()
        folder.mkdir()
        (folder / "mirrorsel.toml").write_text(order.settings)
        (folder / "mirrors.list").write_text(order.mirrors)
        for name, content in order.files.items():
            (folder / name).write_bytes(content)
        home = stage(folder / "mirrorsel.toml", base / "home", accounts)
        options = Options(
            home=home.folder,
            accounts=accounts,
            processes=order.processes,
            embedded=order.embedded,
            checker=order.checker,
            trusted_proxies=order.trusted_proxies,
            modules=order.modules,
            extra=order.extra,
        )
        with PrivateHttpd(options) as httpd:
            yield Served(folder=folder, home=home, httpd=httpd)
