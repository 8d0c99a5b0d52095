"""Mirrors whose operators would harm whoever lists them."""

import contextlib
import gzip
import os
import socket
import stat
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from mirrorsel.errors import FetchError
from mirrorsel.listing import Coverage, Entry, ListedFile
from mirrorsel.listing.rsync import unreadable
from mirrorsel.model import Outcome
from mirrorsel.net import Lister, Reach
from mirrorsel.net.pace import Pace
from mirrorsel.net.tree_flat import FlatTree
from mirrorsel.net.tree_walk import Wanted
from tests.ftp import Data, scripted
from tests.listed import LIMITS, REACH, Listed
from tests.listing import forms
from tests.loopback import Behaviour, Connection, Loopback, answer, redirecting
from tests.net.folder_mirror import FolderMirror, page
from tests.net.test_listed_ftp import _REPLIES, url_of
from tests.net.test_listed_rsync import client

_BOMB = gzip.compress(gzip.compress(bytes(2**26)))
_CODED = {"Content-Encoding": "gzip, gzip", "Content-Type": "text/html"}


def connections_to(port: int) -> int:
    """Return how many connections this process has to a port."""
    found = 0
    for one in Path("/proc/self/fd").iterdir():
        # One that is closed meanwhile, or connected to nobody, is none of these.
        with contextlib.suppress(OSError):
            if stat.S_ISSOCK(one.stat().st_mode):
                with socket.socket(fileno=os.dup(int(one.name))) as copy:
                    peer = copy.getpeername()
                    # A socket of this machine alone has a name, and no port.
                    found += isinstance(peer, tuple) and peer[1] == port
    return found


def test_redirects_to_ever_more_hosts() -> None:
    """Connections that are kept for the next request are few, whoever is asked."""
    names = [f"d{n}" for n in range(20)]
    there = FolderMirror({f"/{one}/": page(f"/{one}/", "f") for one in names})
    held: list[int] = []

    def elsewhere(connection: Connection) -> None:
        number = names.index(connection.path.strip("/")) + 2
        target = f"http://127.0.0.{number}:{server.port}/x{connection.path}"
        redirecting(target)(connection)

    pages = {f"/x/{one}/": there.pages[f"/{one}/"] for one in names}
    pages |= {f"/{one}/": elsewhere for one in names}
    pages["/"] = page("/", *(f"{one}/" for one in names))
    found = Listed()
    with Loopback(FolderMirror(pages), host="0.0.0.0") as server:  # noqa: S104 - of loopback
        found.lister.list_tree(
            server.url_of("127.0.0.1"),
            Wanted(
                seen=lambda _: held.append(connections_to(server.port)),
                coverage=found.coverage,
            ),
        )

    assert 20 == len(held)
    # Each is there twice, as the deadline has a descriptor of its own.
    assert max(held) <= 2 * 6


@pytest.mark.parametrize(
    "mirror",
    [
        pytest.param(answer(_BOMB, "500 No", _CODED), id="of an error"),
        pytest.param(
            answer(_BOMB, "301 Moved", {**_CODED, "Location": "/"}), id="of a redirect"
        ),
        pytest.param(answer(_BOMB, "304 Not Modified", _CODED), id="of a 304"),
        pytest.param(answer(_BOMB, "200 OK", _CODED), id="of a page"),
    ],
)
def test_bodies_that_unfold(mirror: Behaviour) -> None:
    """No body is decoded, so that none takes more memory than was sent."""
    found = Listed()
    tracemalloc.start()
    with Loopback(mirror) as server, contextlib.suppress(FetchError):
        found.go(server.url)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert [] == found.folders
    assert peak < 2**24


def test_a_bucket_that_unfolds() -> None:
    """Its lists are taken as they are, too."""

    def bucket(connection: Connection) -> None:
        body = forms.bucket([], more="", form="v2")
        if "?" in connection.path:
            answer(gzip.compress(body), "200 OK", {"Content-Encoding": "gzip"})(
                connection
            )
        else:
            answer(body)(connection)

    with Loopback(bucket) as server:
        assert Outcome.ENCODED == Listed().fails(server.url).outcome


def test_a_folder_that_is_listed_again_and_again() -> None:
    """A name counts once in a page, so that its folder is asked for once."""
    one = b'{"name":"a","type":"directory"}'
    mirror = FolderMirror(
        {"/": b"[" + b",".join([one] * 50) + b"]", "/a/": page("/a/", "f")}
    )
    with Loopback(mirror) as server:
        found = Listed().go(server.url)

    assert ["/", "/a/"] == mirror.asked
    assert ["a/f"] == found.paths


@pytest.mark.parametrize("at", [1000, 10**6])
def test_all_that_comes_is_bounded(at: int) -> None:
    """The bytes of all lists together are counted, whatever is in them."""
    pages = {f"/{n}/": page(f"/{n}/", "f" * 200) for n in range(20)}
    pages["/"] = page("/", *(f"{n}/" for n in range(20)))
    found = Listed(Lister(limits=LIMITS, reach=replace(REACH, bytes=at)))
    with Loopback(FolderMirror(pages)) as server:
        if at > 1000:
            assert 21 == len(found.go(server.url).folders)
        else:
            assert Outcome.TOO_LARGE == found.fails(server.url).outcome


def _endless_line(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            connection.sendall(b"a" * 4096)


def test_a_line_of_ftp_without_end() -> None:
    """It is cut long before the list would be."""
    data: Data = _endless_line
    lister = Lister(limits=LIMITS, reach=REACH)
    with Loopback(scripted(_REPLIES, data), listens=False) as server:
        found = Listed(lister).go(url_of(server))

    assert [(Outcome.TOO_LARGE, "a line without end")] == [
        (one.outcome, one.detail) for one in found.unlisted
    ]


def test_devices_without_end(tmp_path: Path) -> None:
    """What no tree publishes counts as all else does."""
    lines = "prw-r--r--           0 2025/03/04 05:06:07 pipe"
    found = client(tmp_path, f"yes '{lines}'")
    found.lister = replace(
        found.lister, reach=replace(REACH, seconds=60, entries=10_000)
    )

    failure = found.fails("rsync://127.0.0.1:1/mod/")

    assert "more than 10000 files and folders" == failure.detail


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b'rsync: opendir "' + b'" (in )x' * 2000, id="brackets"),
        pytest.param(b'rsync: opendir "' + b'" (in ' * 2700, id="no brackets"),
        pytest.param(b'rsync: opendir "' + b'"' * 16000, id="quotes"),
        pytest.param(b'file has vanished: "' + b'" (in )x' * 2000, id="vanished"),
        pytest.param(b'rsync: opendir "' + b'" (in )x' * 130_000, id="one long line"),
    ],
)
def test_words_of_a_daemon_that_are_hard_to_understand(line: bytes) -> None:
    """As many as are taken cost seconds, where hours would do."""
    errors = b"\n".join([line] * max(2**20 // len(line), 1))
    began = time.process_time()

    assert unreadable(errors, b"") is None
    assert time.process_time() - began < 30


def test_folders_that_nobody_wants_take_no_memory() -> None:
    """A mirror may list what it likes, and of all that one name is remembered."""
    wanted = Wanted(
        folder=lambda folder: folder == "yes",
        seen=lambda _: None,
        coverage=Coverage(),
    )
    tree = FlatTree("", wanted, Pace(Reach()))
    deep = "/".join(["a" * 200] * 20)
    tracemalloc.start()
    for number in range(2000):
        tree.put(f"no/{number}/{deep}", forms.entry("f", 1))
        tree.put(f"{number}/{deep}", forms.entry("f", 1))
        tree.put("", Entry(name="yes", link=True))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert ["yes"] == tree.links
    assert peak < 2**20


def test_what_is_listed_twice_is_told() -> None:
    """The last word of a page on a name counts."""
    seen: list[ListedFile] = []
    body = b'[{"name":"a","type":"file","size":1},{"name":"a","type":"file","size":2}]'
    with Loopback(FolderMirror({"/": body})) as server:
        Lister(limits=LIMITS, reach=REACH).list_tree(
            server.url, Wanted(seen=seen.append, coverage=Coverage())
        )

    assert [2] == [one.size for one in seen]
