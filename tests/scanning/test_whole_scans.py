"""The whole checker with an index: scans, new files, and mirrors that come back."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mirrorsel.model import LastScan, Presence, State
from mirrorsel.state import StateFolder, read_snapshot
from mirrorsel.state.holders import read_holders
from mirrorsel.state.scans import read_scans
from mirrorsel.tree import FileIndex
from mirrorsel.web.app import create_app
from mirrorsel.web.live import Live
from tests import rsync
from tests.loopback import Behaviour, Connection, Loopback, answer
from tests.mirror import stamp
from tests.probing import STAMP, checking
from tests.scanning.listed import Files, listing
from tests.waiting import wait_for
from tests.web.asking import ask

OLD, NEW = "httpd/a-1.tar.gz", "httpd/2/a-2.tar.gz"
PUBLISHED = {OLD: b"one", "httpd/KEYS.txt": b"k"}
SETTINGS = """
[list]
origin = "{origin}"
[checker]
private_addresses = true
period = "1s"
dead_period = "1s"
timeout = "2s"
deadline = "5s"
samples = []
[health]
rise = 1
fall = 1
[tree]
folder = "tree"
index = "folder"
index_period = "1s"
scan_rate = 1000
scan_period = "{period}"
"""
FORBIDDEN = answer(b"", "403 Forbidden")


@dataclass
class Tree:
    """A mirror that can get files, lose them, and go."""

    files: dict[str, bytes] = field(default_factory=lambda: dict(PUBLISHED))
    gone: bool = False
    lists: bool = True

    def behaviour(self) -> Behaviour:
        """Return what a server of it does."""
        closed = dict.fromkeys(("", "httpd/", "zzz/"), FORBIDDEN)

        def now() -> Files:
            return {STAMP: stamp(), **self.files}

        def behave(connection: Connection) -> None:
            if self.gone:
                answer(b"", "500 Gone")(connection)
            else:
                listing(now, None if self.lists else closed)(connection)

        return behave


@dataclass
class Site:
    """An installation with two mirrors and a Backup."""

    folder: Path
    one: Tree = field(default_factory=Tree)
    two: Tree = field(default_factory=Tree)
    urls: list[str] = field(default_factory=list)
    more: str = ""
    """Further lines of the list."""

    @property
    def state(self) -> StateFolder:
        """The state folder."""
        return StateFolder(self.folder / "state")

    @contextmanager
    def checked(self, period: str = "24h") -> Iterator[None]:
        """Run the checker."""
        with ExitStack() as stack:
            origin = stack.enter_context(Loopback(Tree().behaviour(), host="127.0.8.1"))
            servers = [
                stack.enter_context(Loopback(one.behaviour(), host=f"127.0.8.{at}"))
                for at, one in enumerate((self.one, self.two), start=2)
            ]
            self.urls = [one.url for one in servers]
            settings = self.folder / "mirrorsel.toml"
            settings.write_text(SETTINGS.format(origin=origin.url, period=period))
            lines = [f"http de {url} -\n" for url in self.urls]
            (self.folder / "mirrors.list").write_text("".join([*lines, self.more]))
            stack.enter_context(checking(settings))
            yield

    def publish(self, path: str, content: bytes) -> None:
        """Publish a file."""
        target = self.folder / "tree" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def holds(self, mirror: int, path: str) -> Presence | None:
        """Return what is known of a file on a mirror; None if it counts as held."""
        if not self.state.holders.exists():
            return None
        file = FileIndex(self.state.files).find(path)
        if file is None:
            return None
        return read_holders(self.state.holders).presence(self.urls[mirror], file.number)

    def scans(self) -> Mapping[str, LastScan]:
        """Return how the last scans went, by URL."""
        path = self.state.scans
        return read_scans(path) if path.exists() else {}

    def protocol(self, mirror: int) -> str:
        """Return by which protocol a mirror was listed last; empty for none."""
        last = self.scans().get(self.urls[mirror])
        return last.whole.protocol if last and last.whole else ""

    def waits(self, mirror: int) -> bool:
        """Return whether a mirror must be scanned anew."""
        return self.urls[mirror] in read_holders(self.state.holders).waiting

    def is_up(self, mirror: int) -> bool:
        """Return whether a mirror is believed to work."""
        health = read_snapshot(self.state.snapshot).health[self.urls[mirror]]
        return health.state is State.UP

    def targets(self, path: str) -> set[str]:
        """Return where clients are sent for a file."""
        live = Live(self.folder / "mirrorsel.toml")
        app = create_app(lambda: live.realm)
        clients = [f"192.0.{net}.1" for net in range(40)]
        found = {ask(app, f"/get/{path}", address=one).location for one in clients}
        return {one.removesuffix(path) for one in found if one}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return an installation whose published files are indexed."""
    site = Site(folder=tmp_path)
    for path, content in PUBLISHED.items():
        site.publish(path, content)
    return site


def test_a_mirror_that_lacks_a_file_is_found_out(site: Site) -> None:
    """Both are scanned, and the one without the file gets nobody for it."""
    del site.two.files[OLD]
    with site.checked():
        wait_for(lambda: site.holds(0, OLD) is Presence.HELD, 20)
        wait_for(lambda: site.holds(1, OLD) is Presence.MISSING, 20)

        assert site.targets(OLD) == {site.urls[0]}
        assert site.targets("httpd/KEYS.txt") == set(site.urls)


def test_a_release_counts_where_it_has_arrived(site: Site) -> None:
    """A new file is looked for at once on all mirrors, without a scan."""
    site.one.files[NEW] = b"two"
    with site.checked():
        wait_for(lambda: site.holds(0, OLD) is site.holds(1, OLD) is Presence.HELD, 20)
        scanned = read_holders(site.state.holders).scanned
        site.publish(NEW, b"two")
        wait_for(lambda: site.holds(0, NEW) is Presence.HELD, 20)

        assert site.holds(1, NEW) is Presence.MISSING
        assert site.targets(NEW) == {site.urls[0]}
        assert read_holders(site.state.holders).scanned == scanned


def test_a_mirror_that_returns_serves_nothing_before_its_scan(site: Site) -> None:
    """It went down, lost a file, and is believed to have only what is seen anew."""
    with site.checked():
        wait_for(lambda: site.holds(0, OLD) is site.holds(1, OLD) is Presence.HELD, 20)
        site.two.gone = True
        wait_for(lambda: site.waits(1) and not site.is_up(1), 20)
        del site.two.files[OLD]
        site.two.lists = False
        site.two.gone = False
        wait_for(lambda: site.is_up(1), 20)
        assert site.waits(1)
        assert site.targets(OLD) == {site.urls[0]}
        assert site.targets("httpd/KEYS.txt") == {site.urls[0]}


def test_the_scan_of_one_that_returned(site: Site) -> None:
    """It is scanned at once, and serves again what it has."""
    with site.checked():
        wait_for(lambda: site.holds(0, OLD) is site.holds(1, OLD) is Presence.HELD, 20)
        site.two.gone = True
        wait_for(lambda: site.waits(1), 20)
        del site.two.files[OLD]
        site.two.gone = False
        wait_for(lambda: not site.waits(1), 20)

        assert site.holds(1, OLD) is Presence.MISSING
        assert site.targets("httpd/KEYS.txt") == set(site.urls)


def test_a_mirror_is_listed_by_another_line_of_its_host(
    site: Site, tmp_path: Path
) -> None:
    """Where that is up, and the mirror bears out what it says."""
    del site.one.files[OLD]
    tree = tmp_path / "copy"
    for path, content in {STAMP: stamp(), **site.one.files}.items():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_bytes(content)
    with rsync.daemon(tree, tmp_path, "127.0.8.2") as url:
        site.more = f"rsync de {url}mod/ -\n"
        with site.checked(period="2s"):
            wait_for(lambda: site.protocol(0) == "rsync", 30)

            assert site.holds(0, OLD) is Presence.MISSING
            assert site.holds(0, "httpd/KEYS.txt") is Presence.HELD


def test_a_mirror_without_lists(site: Site) -> None:
    """It counts as having everything, and is told."""
    site.two.lists = False
    with site.checked(period="1s"):
        wait_for(lambda: site.holds(0, OLD) is Presence.HELD, 20)
        wait_for(lambda: site.urls[1] in site.scans(), 20)

        assert site.scans()[site.urls[1]].unscannable
        assert site.holds(1, OLD) is None
        assert site.targets(OLD) == set(site.urls)


def test_who_leaves_the_list_is_forgotten(site: Site) -> None:
    """Its line is gone, and so is what was known of it."""
    with site.checked():
        wait_for(lambda: site.holds(0, OLD) is site.holds(1, OLD) is Presence.HELD, 20)
        (site.folder / "mirrors.list").write_text(f"http de {site.urls[0]} -\n")
        wait_for(lambda: site.holds(1, OLD) is None, 20)
        wait_for(lambda: site.urls[1] not in site.scans(), 20)
