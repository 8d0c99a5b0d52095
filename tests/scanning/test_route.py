"""Scans of a mirror by the list of another line of its host."""

import random
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from mirrorsel.model import Kind, Mirror, Presence
from mirrorsel.net.limits import Limits
from mirrorsel.net.reach import Reach
from mirrorsel.scanning.host import Lines
from mirrorsel.scanning.route import MOST, Route
from mirrorsel.scanning.run import Assignment
from mirrorsel.scanning.scan import Scan, Scanner, UnscannableError
from mirrorsel.tree import FileIndex
from tests import ftp, rsync
from tests.loopback import Loopback, answer
from tests.scanning.listed import Files, listing
from tests.tree.published import publish

MANY = {f"many/{number}": b"m" for number in range(MOST)}
PUBLISHED = {"KEYS": b"k", "httpd/a": b"aaa", "httpd/old/b": b"bb", **MANY}
SCANNER = Scanner(
    limits=Limits(timeout=2, deadline=5, private_addresses=True),
    reach=Reach(pause=0.001, seconds=10),
    pause=0.01,
)
HELD, MISSING, WRONG = Presence.HELD, Presence.MISSING, Presence.WRONG_SIZE
CLOSED = dict.fromkeys(("", "httpd/", "httpd/old/", "many/"), answer(b"", "403 No"))


@pytest.fixture(scope="module", name="index")
def fixture_index(tmp_path_factory: pytest.TempPathFactory) -> FileIndex:
    """Return the index of a few files, and of many in one folder."""
    folder = tmp_path_factory.mktemp("state")
    publish(folder, PUBLISHED)
    return FileIndex(folder / "index" / "files")


@pytest.fixture(name="stack")
def fixture_stack() -> Iterator[ExitStack]:
    """Give what ends the servers of a test."""
    with ExitStack() as stack:
        yield stack


def lay(folder: Path, files: Files) -> Path:
    """Write files."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def scanned(index: FileIndex, mirror: Mirror, **lines: Mirror) -> Scan:
    """Return what a scan by the best list says."""
    route = Route(scanner=SCANNER, lines=Lines(**lines), chance=random.Random(1))
    return route.scan(Assignment(mirror=mirror, files=index))


def lacking(index: FileIndex, scan: Scan) -> Mapping[str, Presence]:
    """Return what is not there as it should be."""
    seen = {one.path: Presence(scan.matched.seen[one.number]) for one in index.files()}
    return {path: one for path, one in seen.items() if one is not HELD}


def without(*paths: str) -> dict[str, bytes]:
    """Return the published files but for some."""
    return {path: one for path, one in PUBLISHED.items() if path not in paths}


INCOMPLETE = without("httpd/old/b") | {"httpd/a": b"?"}


@pytest.mark.parametrize(
    ("daemon", "mirror", "protocol", "expected"),
    [
        pytest.param(PUBLISHED, PUBLISHED, "rsync", {}, id="the same, complete"),
        pytest.param(
            INCOMPLETE,
            INCOMPLETE,
            "rsync",
            {"httpd/a": WRONG, "httpd/old/b": MISSING},
            id="the same, incomplete",
        ),
        pytest.param(
            without("httpd/a"), PUBLISHED, "http", {}, id="a file less than the mirror"
        ),
        pytest.param(without(*MANY), PUBLISHED, "http", {}, id="a part of the tree"),
        pytest.param({"x/y": b"z"}, PUBLISHED, "http", {}, id="another tree"),
        pytest.param(
            PUBLISHED,
            without(*MANY),
            "http",
            dict.fromkeys(MANY, MISSING),
            id="more than the mirror",
        ),
    ],
)
def test_a_list_by_rsync_counts_where_the_mirror_bears_it_out(  # noqa: PLR0913 - a table
    index: FileIndex,
    stack: ExitStack,
    tmp_path: Path,
    *,
    daemon: Files,
    mirror: Files,
    protocol: str,
    expected: Mapping[str, Presence],
) -> None:
    """No file is taken for missing that the mirror itself has."""
    tree = lay(tmp_path / "tree", daemon)
    line = stack.enter_context(rsync.daemon(tree, tmp_path))
    server = stack.enter_context(Loopback(listing(mirror)))
    found = scanned(
        index,
        Mirror(url=server.url),
        rsync=Mirror(url=f"{line}mod/", kind=Kind.RSYNC),
    )
    folders = [one for one in server.requests if b"/ HTTP" in one.split(b"\r\n")[0]]

    assert (protocol, server.url) == (found.protocol, found.url)
    assert expected == lacking(index, found)
    assert (protocol == "http") == bool(folders)
    if protocol == "rsync":
        assert len(server.requests) <= 20 + len(expected)


def test_a_line_that_is_gone(index: FileIndex, stack: ExitStack) -> None:
    """The mirror's own lists stand in."""
    server = stack.enter_context(Loopback(listing(without("httpd/a"))))
    line = Mirror(url="rsync://127.0.0.1:9/mod/", kind=Kind.RSYNC)
    found = scanned(index, Mirror(url=server.url), rsync=line)

    assert ("http", {"httpd/a": MISSING}) == (found.protocol, lacking(index, found))


@pytest.mark.parametrize("kind", ["rsync", "ftp"])
def test_a_mirror_without_lists(
    index: FileIndex, stack: ExitStack, tmp_path: Path, kind: str
) -> None:
    """Another line tells what it has, where the mirror bears that out."""
    tree = lay(tmp_path / "tree", without("httpd/a"))
    if kind == "rsync":
        url = f"{stack.enter_context(rsync.daemon(tree, tmp_path))}mod/"
    else:
        url = stack.enter_context(ftp.good_server(tree))
    line = Mirror(url=url, kind=Kind(kind))
    same = stack.enter_context(Loopback(listing(without("httpd/a"), CLOSED)))
    other = stack.enter_context(Loopback(listing(PUBLISHED, CLOSED)))
    found = scanned(index, Mirror(url=same.url), **{kind: line})

    assert (kind, {"httpd/a": MISSING}) == (found.protocol, lacking(index, found))
    with pytest.raises(UnscannableError):
        scanned(index, Mirror(url=other.url), **{kind: line})


def test_a_part_of_the_tree(index: FileIndex, stack: ExitStack, tmp_path: Path) -> None:
    """Of a mirror with `prefix=` only its part is listed and asked for."""
    tree = lay(tmp_path / "tree", PUBLISHED)
    line = stack.enter_context(rsync.daemon(tree, tmp_path))
    server = stack.enter_context(Loopback(listing(without(*MANY, "KEYS"))))
    mirror = Mirror(url=server.url, prefixes=("httpd/",))
    found = scanned(index, mirror, rsync=Mirror(url=f"{line}mod/", kind=Kind.RSYNC))
    matched = found.matched

    assert "rsync" == found.protocol
    assert (2, 0, 0) == (matched.held, matched.missing, matched.wrong)
    assert all(b"/httpd/" in one.split(b"\r\n")[0] for one in server.requests)
