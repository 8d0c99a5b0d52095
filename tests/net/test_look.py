"""One file of a mirror, by each protocol."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from mirrorsel.errors import FetchError
from mirrorsel.listing import ListedFile
from mirrorsel.model import Outcome
from mirrorsel.net import look
from tests import ftp, loopback, rsync
from tests.ftp import scripted
from tests.listed import LIMITS, SIZES, make_tree
from tests.loopback import Behaviour, Connection, Loopback, answer, redirecting
from tests.mirror import file

_PAGE = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small tree."""
    return make_tree(tmp_path_factory.mktemp("tree"))


@pytest.fixture(scope="module")
def mirrors(
    tree: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """Run mirrors that are as they should be, by FTP and rsync."""
    with ExitStack() as stack:
        daemon = rsync.daemon(tree, tmp_path_factory.mktemp("work"))
        servers = {
            "ftp": ftp.good_server(tree),
            "no-size": ftp.good_server(tree, without=frozenset({"SIZE"})),
        }
        urls = {name: stack.enter_context(one) for name, one in servers.items()}
        yield {**urls, "rsync": f"{stack.enter_context(daemon)}mod/"}


def head_only(
    size: int | None, headers: dict[str, str] | None = None, status: str = "200 OK"
) -> Behaviour:
    """Return the behaviour of an answer to HEAD."""
    length = {} if size is None else {"Content-Length": str(size)}
    lines = {**length, **(headers or {})}
    fields = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return loopback.sending(f"HTTP/1.1 {status}\r\n{fields}\r\n".encode())


def refusing_head(otherwise: Behaviour, status: str = "405 No") -> Behaviour:
    """Return the behaviour of a server that does not know HEAD."""

    def behave(connection: Connection) -> None:
        is_head = connection.request.startswith(b"HEAD ")
        (head_only(0, status=status) if is_head else otherwise)(connection)

    return behave


def looked(behaviour: Behaviour, path: str = "a/f.zip") -> ListedFile | None:
    """Return what a mirror says of a file by HTTP."""
    with Loopback(behaviour) as server:
        return look(server.url, path, LIMITS)


@pytest.mark.parametrize(
    ("behaviour", "size"),
    [
        pytest.param(head_only(1234567), 1234567, id="head"),
        pytest.param(head_only(0), 0, id="empty"),
        pytest.param(head_only(5, {"Content-Encoding": "x-gzip"}), None, id="encoded"),
        pytest.param(refusing_head(file(b"12345")), 5, id="head-refused"),
        pytest.param(refusing_head(file(b"12345"), "501 What"), 5, id="head-unknown"),
        pytest.param(refusing_head(file(b"")), 0, id="head-refused-and-empty"),
        pytest.param(refusing_head(answer(b"12345")), 5, id="no-ranges"),
        pytest.param(
            refusing_head(file(b"12345"), "200 OK\r\nTransfer-Encoding: chunked"),
            5,
            id="no-size-by-head",
        ),
    ],
)
def test_a_file_is_there(behaviour: Behaviour, size: int | None) -> None:
    """Its size is told, with as few bytes as the server lets it be."""
    found = looked(behaviour)

    assert found is not None
    assert ("a/f.zip", size) == (found.path, found.size)


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(head_only(0, status="404 Not Found"), id="404"),
        pytest.param(head_only(0, status="410 Gone"), id="410"),
        pytest.param(head_only(5, _PAGE), id="page"),
        pytest.param(refusing_head(answer(b"", "404 Not Found")), id="404-to-get"),
        pytest.param(refusing_head(answer(b"<!DOCTYPE html>")), id="page-to-get"),
        pytest.param(refusing_head(answer(b"12345", headers=_PAGE)), id="type-to-get"),
    ],
)
def test_a_file_is_not_there(behaviour: Behaviour) -> None:
    """A status says so, or a page in its place."""
    assert looked(behaviour) is None


def test_a_page_is_a_file_where_it_has_such_a_name() -> None:
    """A published page is no error page."""
    assert looked(head_only(5, _PAGE), "a/README.html") is not None


def test_a_redirect_is_followed_as_by_probes() -> None:
    """Only to the same file name."""
    with (
        Loopback(head_only(5), host="127.0.0.2") as other,
        Loopback(redirecting(f"{other.url}b/f.zip")) as server,
        Loopback(redirecting(f"{other.url}b/error.zip")) as wrong,
    ):
        found = look(server.url, "a/f.zip", LIMITS)
        with pytest.raises(FetchError) as caught:
            look(wrong.url, "a/f.zip", LIMITS)

    assert found is not None
    assert (5, Outcome.REDIRECTED) == (found.size, caught.value.outcome)


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        pytest.param(head_only(0, status="429 Slow"), Outcome.STATUS, id="429"),
        pytest.param(
            refusing_head(answer(b"", "500 No"), "500 No"), Outcome.STATUS, id="500"
        ),
        pytest.param(loopback.silent, Outcome.PROTOCOL, id="silent"),
        pytest.param(loopback.trickling_headers, Outcome.DEADLINE, id="trickling"),
        pytest.param(redirecting("f.zip"), Outcome.REDIRECTED, id="circle"),
    ],
)
def test_nobody_knows(behaviour: Behaviour, outcome: Outcome) -> None:
    """What is no clear answer is none."""
    limits = replace(LIMITS, deadline=0.5)
    with Loopback(behaviour) as server, pytest.raises(FetchError) as caught:
        look(server.url, "f.zip", limits)

    assert outcome == caught.value.outcome


@pytest.mark.parametrize(
    ("protocol", "path"),
    [
        (protocol, path)
        for protocol in ("ftp", "no-size", "rsync")
        for path in SIZES
        # rsync takes it for a pattern.
        if protocol != "rsync" or "?" not in path
    ],
)
def test_other_protocols(mirrors: dict[str, str], protocol: str, path: str) -> None:
    """Files are there with their sizes, as far as those are told."""
    found = look(mirrors[protocol], path, LIMITS)

    assert found is not None
    assert path == found.path
    assert (None if protocol == "no-size" else SIZES[path]) == found.size


@pytest.mark.parametrize("protocol", ["ftp", "no-size", "rsync"])
@pytest.mark.parametrize("path", ["gone", "a/gone", "gone/f", "KEYS/f", "a"])
def test_other_protocols_lack(
    mirrors: dict[str, str], protocol: str, path: str
) -> None:
    """What is not there, or a folder, is no file."""
    assert look(mirrors[protocol], path, LIMITS) is None


@pytest.mark.parametrize(
    ("replies", "outcome"),
    [
        ({"USER": "530 no"}, Outcome.STATUS),
        ({"SIZE": "421 bye"}, Outcome.STATUS),
        ({"": "no FTP"}, Outcome.PROTOCOL),
    ],
)
def test_ftp_servers_that_do_not_say(replies: dict[str, str], outcome: Outcome) -> None:
    """What is no clear answer is none."""
    with (
        Loopback(scripted(replies), listens=False) as server,
        pytest.raises(FetchError) as caught,
    ):
        look(server.url.replace("http:", "ftp:"), "f", LIMITS)

    assert outcome == caught.value.outcome


def test_without_the_client_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that is not installed is told as such."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FetchError) as caught:
        look("rsync://127.0.0.1/mod/", "f", LIMITS)

    assert Outcome.NO_CLIENT == caught.value.outcome


def test_rsync_servers_that_do_not_say(mirrors: dict[str, str]) -> None:
    """A module that is none is no missing file."""
    with pytest.raises(FetchError) as caught:
        look(mirrors["rsync"].replace("/mod/", "/nomod/"), "f", LIMITS)

    assert Outcome.STATUS == caught.value.outcome
