"""The servers that are compared, each a private httpd."""

import contextlib
import http.client
import itertools
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench import listed
from bench.case import FILE, Site
from bench.world import World
from mirrorsel.httpd.accounts import choose_accounts
from mirrorsel.httpd.conf import Options
from mirrorsel.httpd.home import stage
from mirrorsel.httpd.run import PrivateHttpd
from mirrorsel.lists import parse
from mirrorsel.model import Health, Snapshot, State
from mirrorsel.state import StateFolder
from mirrorsel.state.snapshot import write_snapshot
from tests.httpd.served import documents, open_folder
from tests.soak.manners import addresses
from tests.soak.mirrors import ORIGIN
from tests.tree.published import publish

PROXY = "127.0.0.1"
"""The load comes from there, and tells in whose name."""
PROCESSES, THREADS = 2, 4
"""As many as are shipped, the threads in each process."""
_LONG = 20_000.0
"""The mirrors behave for most of so many seconds."""
_PROBES = """[checker]
private_addresses = true
period = "10s"
retry = "10s"
dead_period = "10s"
timeout = "1s"
deadline = "2s"
jobs = 50
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running httpd."""

    url: str
    """Without a slash at the end."""
    pid: int
    """Of its first process."""
    folder: Path
    """Where its list lies."""

    def status(self, path: str, method: str = "GET") -> int:
        """Return the status of one answer."""
        host = self.url.removeprefix("http://")
        connection = http.client.HTTPConnection(host, timeout=20)
        try:
            connection.request(method, path)
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        return answer.status


@contextlib.contextmanager
def started(options: Options) -> Iterator[Server]:
    """Run httpd over a folder that is ready."""
    with PrivateHttpd(options) as httpd:
        yield Server(url=httpd.url, pid=httpd.pid or 0, folder=options.home)


@contextlib.contextmanager
def mirrorsel(site: Site, world: World) -> Iterator[Server]:
    """Serve as mirrorsel is shipped."""
    with ready(site, world) as options, started(options) as server:
        yield server


@contextlib.contextmanager
def empty(*, embedded: bool = False, extra: str = "") -> Iterator[Server]:
    """Serve an empty Falcon application by the same configuration.

    Args:
        embedded: Whether httpd's own processes answer.
        extra: More configuration, such as the other baselines.

    """
    with (
        ready_empty(embedded=embedded, extra=extra) as options,
        started(options) as server,
    ):
        yield server


@contextlib.contextmanager
def ready(site: Site, world: World) -> Iterator[Options]:
    """Lay out all that mirrorsel reads, as if its checker had run for long."""
    with contextlib.ExitStack() as stack:
        mirrors, settings = listed.lines(site.mirrors), "[checker]\nenabled = false\n"
        if site.probing:
            port = stack.enter_context(_probed(site.mirrors, world.folder / "tree"))
            mirrors, settings = _local_list(site.mirrors, port)
        if site.city:
            settings += f'[geoip]\ndatabase = "{world.database}"\n'
        if site.index:
            settings += '[tree]\nindex = "origin"\n'
        base, accounts = stack.enter_context(open_folder()), choose_accounts()
        (base / "mirrorsel.toml").write_text(settings)
        (base / "mirrors.list").write_text(mirrors)
        home = stage(base / "mirrorsel.toml", base / "home", accounts)
        if not site.probing:
            write_snapshot(StateFolder(home.state).snapshot, all_up(mirrors))
        if site.index:
            publish(home.state, {FILE: b"content"}, _held(mirrors))
        yield Options(
            home=home.folder,
            accounts=accounts,
            processes=PROCESSES,
            embedded=site.embedded,
            checker=site.probing,
            trusted_proxies=(PROXY,),
            extra=documents(world.pages),
        )


@contextlib.contextmanager
def ready_empty(*, embedded: bool = False, extra: str = "") -> Iterator[Options]:
    """Lay out an empty Falcon application; see `empty`."""
    with open_folder() as home:
        (home / "wsgi.py").write_text(baseline("empty"))
        yield Options(
            home=home,
            accounts=choose_accounts(),
            processes=PROCESSES,
            embedded=embedded,
            checker=False,
            trusted_proxies=(PROXY,),
            modules=("cgid", "env") if extra else (),
            extra=extra,
        )


def baseline(name: str) -> str:
    """Return the text of a program that is compared with."""
    return (Path(__file__).parent / "baselines" / f"{name}.py").read_text()


def all_up(mirrors: str) -> Snapshot:
    """Return the snapshot in which all mirrors of a list are up and fresh."""
    now = datetime.now(UTC)
    up = Health(state=State.UP, since=now, streak=9, stamp=now, checked=now)
    urls = (one.url for one in parse(mirrors, now).list.mirrors)
    return Snapshot(taken=now, origin=up, health=dict.fromkeys(urls, up))


def _held(mirrors: str) -> dict[str, set[str]]:
    """Return what the first hundred mirrors hold; one in ten lacks the file."""
    all_of_them = parse(mirrors, None).list.mirrors
    some = itertools.islice(all_of_them, 100)
    return {one.url: {FILE} if at % 10 else set() for at, one in enumerate(some)}


@contextlib.contextmanager
def _probed(count: int, tree: Path) -> Iterator[int]:
    """Run mirrors on loopback addresses, of all sorts; give their port."""
    tree.mkdir(exist_ok=True)
    (tree / "file.tar.gz").write_bytes(b"content")
    command = [sys.executable, "-m", "tests.soak.mirrors"]
    command += [str(count), str(_LONG), str(tree)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline() if process.stdout else "")
        finally:
            process.terminate()


def _local_list(count: int, port: int) -> tuple[str, str]:
    """Return list and settings for mirrors on loopback addresses."""
    base = partial("http://{}:{}/".format)
    lines = (f"http de {base(one, port)} -\n" for one in addresses(count))
    settings = f'[list]\norigin = "{base(ORIGIN, port)}"\n{_PROBES}'
    return "".join(lines), settings + 'samples = ["file.tar.gz"]\n'
