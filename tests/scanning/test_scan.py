"""One scan of one mirror."""

import threading
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from mirrorsel.errors import FetchError
from mirrorsel.model import Mirror, Outcome, Presence
from mirrorsel.net.limits import Limits
from mirrorsel.net.reach import Reach
from mirrorsel.scanning.run import Assignment
from mirrorsel.scanning.scan import Scanner, UnscannableError
from mirrorsel.tree import FileIndex
from tests import ftp, rsync
from tests.loopback import (
    Behaviour,
    Connection,
    Loopback,
    answer,
    breaking_off,
    hanging,
    silent,
    trickling_body,
)
from tests.scanning.listed import Files, listing
from tests.tree.published import publish

PUBLISHED = {
    "KEYS": b"k",
    "httpd/a.tar.gz": b"a" * 2000,
    "httpd/old/b.tar.gz": b"b",
    "tomcat/c.zip": b"c" * 10,
    "tomcat/.htaccess": b"h",
}
LIMITS = Limits(timeout=1, deadline=2, private_addresses=True)
SCANNER = Scanner(limits=LIMITS, reach=Reach(pause=0.001, seconds=10), pause=0.01)
FORBIDDEN = answer(b"", "403 Forbidden")
HELD, MISSING, WRONG = Presence.HELD, Presence.MISSING, Presence.WRONG_SIZE


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> FileIndex:
    """Return the index of a few files."""
    folder = tmp_path_factory.mktemp("state")
    publish(folder, PUBLISHED)
    return FileIndex(folder / "index" / "files")


def told(
    index: FileIndex, mirror: Mirror, before: bytes | None = None
) -> dict[str, Presence]:
    """Return what a scan says of each published file."""
    seen = SCANNER.scan(
        Assignment(mirror=mirror, files=index, before=before)
    ).matched.seen
    return {one.path: Presence(seen[one.number]) for one in index.files()}


def all_but(**others: Presence) -> dict[str, Presence]:
    """Return that all is held, but for files named by the first letter of a name."""
    return {
        path: others.get(path.rpartition("/")[2].strip(".")[0].lower(), HELD)
        for path in PUBLISHED
    }


COMPLETE = {**PUBLISHED, "more/x": b"x", "httpd/z": b"z"}
CHANGED = {**PUBLISHED, "httpd/a.tar.gz": b"a" * 1999}


def without(*paths: str) -> Files:
    """Return the published files but for some."""
    return {path: one for path, one in PUBLISHED.items() if path not in paths}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(COMPLETE, all_but(), id="complete, and more"),
        pytest.param(without("tomcat/c.zip"), all_but(c=MISSING), id="one missing"),
        pytest.param(
            without("httpd/a.tar.gz", "httpd/old/b.tar.gz"),
            all_but(a=MISSING, b=MISSING),
            id="a folder missing",
        ),
        pytest.param(CHANGED, all_but(a=WRONG), id="another size"),
        pytest.param(without("tomcat/.htaccess"), all_but(), id="lists hide names"),
    ],
)
def test_by_http(index: FileIndex, files: Files, expected: object) -> None:
    """Each file is there, missing, or of another size."""
    with Loopback(listing(files)) as server:
        assert told(index, Mirror(url=server.url)) == expected


@pytest.mark.parametrize("kind", ["rsync", "ftp"])
def test_by_other_protocols(index: FileIndex, kind: str, tmp_path: Path) -> None:
    """An rsync daemon and an FTP server tell the same."""
    tree = tmp_path / "tree"
    for path, content in {**CHANGED, "tomcat/c.zip": b""}.items():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_bytes(content)
    (tree / "httpd/old/b.tar.gz").unlink()
    with ExitStack() as stack:
        if kind == "rsync":
            url = f"{stack.enter_context(rsync.daemon(tree, tmp_path))}mod/"
        else:
            url = stack.enter_context(ftp.good_server(tree))
        found = told(index, Mirror(url=url))

    assert found == all_but(a=WRONG, b=MISSING, c=WRONG)


def test_what_it_carries(index: FileIndex) -> None:
    """Of a mirror with `prefix=` only those folders are listed, and count."""
    with Loopback(listing(PUBLISHED)) as server:
        mirror = Mirror(url=server.url, prefixes=("tomcat/",))
        found = told(index, mirror)
        asked = {one.split(b" ")[1] for one in server.requests}
        matched = SCANNER.scan(Assignment(mirror=mirror, files=index)).matched

    assert (matched.held, matched.missing, matched.wrong) == (2, 0, 0)
    assert found == all_but(a=MISSING, b=MISSING, k=MISSING)
    assert asked == {b"/tomcat/"}


def test_folder_that_cannot_be_listed(index: FileIndex) -> None:
    """What lies in it stands as it was; of a new mirror it counts as held."""
    closed = listing(without("httpd/old/b.tar.gz", "KEYS"), {"httpd/": FORBIDDEN})
    before = bytes([0, MISSING, WRONG, MISSING])
    with Loopback(closed) as server:
        new = told(index, Mirror(url=server.url))
        known = told(index, Mirror(url=server.url), before)

    assert new == all_but(k=MISSING)
    assert known == all_but(k=MISSING, a=WRONG, b=MISSING)


def test_page_at_the_root(index: FileIndex) -> None:
    """A root with a page of its own hides no lists of the folders below."""
    page = answer(b"<html><p>Welcome</p></html>", headers={"Content-Type": "text/html"})
    with Loopback(listing(without("tomcat/c.zip"), {"": page})) as server:
        assert told(index, Mirror(url=server.url)) == all_but(c=MISSING)


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(FORBIDDEN, id="forbidden"),
        pytest.param(answer(b"", "404 Not Found"), id="not found"),
        pytest.param(answer(b"<html>Hello</html>"), id="no list"),
    ],
)
def test_no_lists(index: FileIndex, behaviour: Behaviour) -> None:
    """A mirror that lists nothing is told from one that is gone."""
    with Loopback(behaviour) as server, pytest.raises(UnscannableError):
        SCANNER.scan(Assignment(mirror=Mirror(url=server.url), files=index))


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(silent, id="closing"),
        pytest.param(breaking_off, id="breaking off"),
        pytest.param(answer(b"", "503 Busy"), id="busy"),
        pytest.param(hanging, id="hanging"),
    ],
)
def test_gone_for_a_moment(index: FileIndex, behaviour: Behaviour) -> None:
    """A mirror that answers nothing just now may offer lists all the same."""
    with Loopback(behaviour) as server, pytest.raises(FetchError) as caught:
        SCANNER.scan(Assignment(mirror=Mirror(url=server.url), files=index))

    assert not isinstance(caught.value, UnscannableError)


def test_gone_for_a_moment_by_ftp(index: FileIndex) -> None:
    """By FTP likewise."""
    server = Loopback(ftp.scripted({"": "220 ready"}, last="USER"), listens=False)
    with server:
        mirror = Mirror(url=server.url.replace("http:", "ftp:"))
        with pytest.raises(FetchError) as caught:
            SCANNER.scan(Assignment(mirror=mirror, files=index))

    assert not isinstance(caught.value, UnscannableError)


@pytest.mark.parametrize(
    ("folder", "behaviour", "outcome"),
    [
        pytest.param("", answer(b"", "503 Busy"), Outcome.STATUS, id="busy at once"),
        pytest.param("httpd/", answer(b"", "503 Busy"), Outcome.STATUS, id="busy"),
        pytest.param("", trickling_body, Outcome.DEADLINE, id="trickling"),
        pytest.param("", breaking_off, Outcome.PROTOCOL, id="breaking off"),
    ],
)
def test_failing_half_way(
    index: FileIndex, folder: str, behaviour: Behaviour, outcome: Outcome
) -> None:
    """A scan that does not come to its end says nothing."""
    below = {"httpd/": behaviour, "tomcat/": behaviour}
    with (
        Loopback(listing(PUBLISHED, {folder: behaviour, **below})) as server,
        pytest.raises(FetchError) as caught,
    ):
        SCANNER.scan(Assignment(mirror=Mirror(url=server.url), files=index))

    assert caught.value.outcome == outcome


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(answer(b"", "429 Slow down"), id="busy"),
        pytest.param(hanging, id="silent"),
    ],
)
def test_goes_on_where_it_broke_off(index: FileIndex, first: Behaviour) -> None:
    """What was listed before a failure is not asked for again."""
    files = without("httpd/old/b.tar.gz", "tomcat/c.zip")
    left = [first]

    def once(connection: Connection) -> None:
        (left.pop() if left else listing(files))(connection)

    with Loopback(listing(files, {"tomcat/": once})) as server:
        found = told(index, Mirror(url=server.url))
        asked = Counter(one.split(b" ")[1] for one in server.requests)

    assert found == all_but(b=MISSING, c=MISSING)
    assert asked == {b"/": 1, b"/httpd/": 1, b"/tomcat/": 2}


def test_told_to_end(index: FileIndex) -> None:
    """A scan ends at once when it is told to."""
    stop = threading.Event()
    stop.set()
    scanner = Scanner(limits=LIMITS, reach=Reach(pause=60), stop=stop)
    with Loopback(listing(PUBLISHED)) as server, pytest.raises(FetchError):
        scanner.scan(Assignment(mirror=Mirror(url=server.url), files=index))
    assert not server.requests
