"""A real httpd over a folder that is deployed by a link."""

import contextlib
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from mirrorsel.httpd.accounts import choose_accounts
from mirrorsel.httpd.conf import Options
from mirrorsel.httpd.run import PrivateHttpd
from mirrorsel.shipped import shipped
from mirrorsel.state.places import StateFolder
from tests.httpd.served import open_folder
from tests.reload import versions
from tests.reload.keepalive import KeepAlive, Reply
from tests.reload.looks import GET, LIST
from tests.reload.versions import Version
from tests.waiting import wait_for

_AT_ONCE = 16
_ROUNDS = 3
_PATIENCE = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is served, and its files."""

    base: Path
    httpd: PrivateHttpd

    @property
    def home(self) -> Path:
        """The folder of the files: a link to a release."""
        return self.base / "current"

    @property
    def list(self) -> Path:
        """The list of mirrors."""
        return self.home / "mirrors.list"

    @property
    def settings(self) -> Path:
        """The settings."""
        return self.home / "mirrorsel.toml"

    @property
    def state(self) -> StateFolder:
        """What the checker writes."""
        return StateFolder(self.base / "state")

    @property
    def workers(self) -> int:
        """How many processes answer: each has a file of counts."""
        return len(list((self.base / "counters").iterdir()))

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.httpd.options.port

    def ask(self, path: str, source: str = "127.0.0.1") -> Reply:
        """Return one answer, by a connection of its own."""
        with KeepAlive("127.0.0.1", self.port, source) as connection:
            return connection.ask(path)


@contextlib.contextmanager
def serving(first: Version, processes: int) -> Iterator[Site]:
    """Serve a version of the list by several processes until the context is left."""
    with open_folder() as base:
        release = base / "releases" / "first"
        release.mkdir(parents=True)
        shutil.copy(shipped("wsgi.py"), release)
        (release / "mirrors.list").write_text(first.text)
        (release / "mirrorsel.toml").write_text(settings(base, 0).decode())
        (base / "current").symlink_to(release)
        accounts = choose_accounts()
        for name, owner in (("state", accounts.checker), ("counters", accounts.web)):
            (base / name).mkdir()
            with contextlib.suppress(PermissionError):
                shutil.chown(base / name, owner.uid, owner.gid)
        options = Options(
            home=base / "current",
            accounts=accounts,
            processes=processes,
            logs=_folder(base / "log"),
        )
        with PrivateHttpd(options) as httpd:
            site = Site(base=base, httpd=httpd)
            # A process loads the application with its first request.
            wait_for(lambda: _warm(site) == processes, _PATIENCE)
            wait_for(lambda: _published(site), _PATIENCE)
            yield site


def _warm(site: Site) -> int:
    """Ask so often at once that each process gets a request; return how many are up."""
    return site.workers if _at_once(site, GET) else 0


def _published(site: Site) -> bool:
    """Return whether all processes, not just the first, have seen the list."""
    answers = [one for _ in range(_ROUNDS) for one in _at_once(site, LIST)]
    return all(one.status == HTTPStatus.OK for one in answers) and bool(answers)


def _at_once(site: Site, path: str) -> list[Reply]:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        asked = [pool.submit(site.ask, path) for _ in range(_AT_ONCE)]
    # On a machine that is busy a start may take longer than a client waits.
    return [one.result() for one in asked if one.exception() is None]


def settings(base: Path, number: int) -> bytes:
    """Return a version of the settings; the folders are outside of all releases."""
    folders = (
        f'[state]\nfolder = "{base / "state"}"\n'
        f'[web]\ncounters = "{base / "counters"}"\n'
    )
    return versions.settings(number).replace("[web]\n", folders).encode()


def _folder(path: Path) -> Path:
    path.mkdir()
    return path
