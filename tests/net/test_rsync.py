"""One fetch by rsync, from real daemons and from servers that are none."""

import struct
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net import Limits, Span, fetch_rsync
from mirrorsel.net.address import Address
from tests import loopback, rsync
from tests.loopback import Behaviour, Loopback, closed_port

_LIMITS = Limits(timeout=5, deadline=5, size=1000, private_addresses=True)
_STAMP = b"1700000000 mirror\n"
_HELLO = b"@RSYNCD: 31.0 md5 md4\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small tree."""
    root = tmp_path_factory.mktemp("tree")
    (root / "zzz").mkdir()
    (root / "zzz" / "time.txt").write_bytes(_STAMP)
    (root / "odd é%41").write_bytes(b"odd")
    (root / "zzz" / "-n").write_bytes(b"dash")
    (root / "empty").touch()
    (root / "full").write_bytes(b"x" * 1000)
    (root / "large").write_bytes(b"x" * 1234567)
    (root / "link").symlink_to("full")
    (root / "outside").symlink_to("/etc/passwd")
    return root


@pytest.fixture(scope="module")
def good(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a mirror as it should be."""
    with rsync.daemon(folder, tmp_path_factory.mktemp("work")) as url:
        yield f"{url}mod/"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder in which temporary files are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def url_of(server: Loopback) -> str:
    """Return the URL of a module of a hand-made server."""
    return f"{server.url.replace('http:', 'rsync:')}mod/"


def greeting(answer: bytes) -> Behaviour:
    """Return the behaviour of a daemon that answers to the name of the module."""

    def behave(connection: loopback.Connection) -> None:
        connection.send(_HELLO)
        # The client's own greeting, and the module.
        connection.read_line()
        connection.read_line()
        connection.send(answer)

    return behave


def failure(url: str, limits: Limits = _LIMITS) -> FetchError:
    """Return how a fetch fails."""
    with pytest.raises(FetchError) as caught:
        fetch_rsync(url, limits)
    return caught.value


@pytest.mark.parametrize(
    ("path", "body"),
    [
        pytest.param("zzz/time.txt", _STAMP, id="in-a-folder"),
        pytest.param("odd%20%C3%A9%2541", b"odd", id="decoded-once"),
        pytest.param("zzz/-n", b"dash", id="like-an-option"),
        pytest.param("empty", b"", id="empty"),
        pytest.param("full", b"x" * 1000, id="as-large-as-may-be"),
    ],
)
def test_a_file_comes_as_it_is(
    good: str, temporary: Path, path: str, body: bytes
) -> None:
    """The body is the file's bytes, and nothing is left of the copy."""
    fetched = fetch_rsync(good + path, _LIMITS)

    assert (good + path, body, 4, 0, len(body)) == (
        fetched.url,
        fetched.body,
        fetched.family,
        fetched.start,
        fetched.size,
    )
    assert [] == list(temporary.iterdir())


@pytest.mark.parametrize("start", [0, 500])
def test_a_size_is_told_of_a_large_file(good: str, temporary: Path, start: int) -> None:
    """Where a part is wanted, the size comes without a byte of the file."""
    fetched = fetch_rsync(f"{good}large", _LIMITS, span=Span(start, 16))

    assert (b"", 0, 1234567) == (fetched.body, fetched.start, fetched.size)
    assert [] == list(temporary.iterdir())


def test_all_of_a_file_may_be_wanted_as_a_part(good: str) -> None:
    """A part that is the whole file comes with its bytes."""
    fetched = fetch_rsync(f"{good}full", _LIMITS, span=Span(0, 1000))

    assert (b"x" * 1000, 1000) == (fetched.body, fetched.size)


def test_ipv6_works(folder: Path, tmp_path: Path) -> None:
    """An IPv6 address is given to the client in brackets."""
    with rsync.daemon(folder, tmp_path, "::1") as url:
        fetched = fetch_rsync(f"{url}mod/zzz/time.txt", _LIMITS)

    assert (_STAMP, 6) == (fetched.body, fetched.family)


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        pytest.param("mod/none", Outcome.STATUS, id="missing"),
        pytest.param("mod/zzz", Outcome.STATUS, id="folder"),
        pytest.param("mod/zzz/", Outcome.STATUS, id="folder-with-slash"),
        pytest.param("mod/link", Outcome.STATUS, id="link"),
        pytest.param("mod/outside", Outcome.STATUS, id="link-outside"),
        pytest.param("mod/large", Outcome.TOO_LARGE, id="large"),
        pytest.param("none/f", Outcome.STATUS, id="no-module"),
        pytest.param("locked/f", Outcome.STATUS, id="password"),
    ],
)
@pytest.mark.parametrize("span", [None, Span(0, 1), Span(1, 1)])
def test_what_is_no_file_has_its_outcome(
    good: str, path: str, outcome: Outcome, span: Span | None
) -> None:
    """What the daemon refuses is told in its words, whatever is asked for."""
    url = good.removesuffix("mod/") + path
    if span and outcome == Outcome.TOO_LARGE:
        return
    with pytest.raises(FetchError) as caught:
        fetch_rsync(url, _LIMITS, span=span)

    assert (outcome, 4) == (caught.value.outcome, caught.value.family)
    assert caught.value.detail


def test_a_missing_file_has_its_status(good: str) -> None:
    """A file that is not there is told from a daemon that refuses."""
    missing = failure(f"{good}none")
    refused = failure(f"{good.removesuffix('mod/')}none/f")

    assert (23, 5) == (missing.status, refused.status)


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        pytest.param(loopback.silent, Outcome.PROTOCOL, id="closed"),
        pytest.param(loopback.hanging, Outcome.TIMEOUT, id="silent"),
        pytest.param(loopback.not_http, Outcome.PROTOCOL, id="ftp"),
        pytest.param(
            loopback.endless(b"x", b"x"), Outcome.PROTOCOL, id="endless-greeting"
        ),
        pytest.param(
            greeting(b"@ERROR: max connections (3) reached\n"),
            Outcome.STATUS,
            id="busy",
        ),
        pytest.param(greeting(b"@RSYNCD: OK\n"), Outcome.PROTOCOL, id="cut"),
        pytest.param(
            loopback.endless(_HELLO + b"@RSYNCD: OK\n", b"\xff\x00\xfe"),
            Outcome.PROTOCOL,
            id="noise",
        ),
    ],
)
def test_failures_are_distinct(
    temporary: Path, behaviour: Behaviour, outcome: Outcome
) -> None:
    """Each way to fail has its own outcome, and none leaves anything behind."""
    with Loopback(behaviour, listens=False) as server:
        error = failure(f"{url_of(server)}f", replace(_LIMITS, timeout=1))

    assert outcome == error.outcome
    assert 4 == error.family
    assert error.detail.isprintable()
    assert [] == list(temporary.iterdir())


def test_words_of_a_server_are_harmless(temporary: Path) -> None:
    """What a server says comes on one line without control characters."""
    said = b"@ERROR: \x1b[31mred\x07 \xff" + b"x" * 500 + b"\n"
    with Loopback(greeting(said), listens=False) as server:
        error = failure(f"{url_of(server)}f")

    assert error.detail.isprintable()
    assert len(error.detail) <= 200
    assert [] == list(temporary.iterdir())


def _trickling(one: loopback.Connection) -> None:
    one.send(_HELLO)
    one.trickle(b"m\n")


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(_trickling, id="trickle"),
        pytest.param(loopback.endless(_HELLO, b"hello\n"), id="endless"),
    ],
)
def test_a_message_without_end_ends_at_the_deadline(
    temporary: Path, behaviour: Behaviour
) -> None:
    """A server that keeps every wait short is left all the same."""
    before = time.monotonic()
    with Loopback(behaviour, listens=False) as server:
        error = failure(f"{url_of(server)}f", replace(_LIMITS, deadline=0.7))

    assert Outcome.DEADLINE == error.outcome
    assert time.monotonic() - before < 3
    assert [] == list(temporary.iterdir())


def test_a_client_that_keeps_no_limit_is_stopped(
    good: str, tmp_path: Path, temporary: Path
) -> None:
    """The system bounds the copy too, should the client be led to write more."""
    client = tmp_path / "client"
    client.write_text(
        '#!/bin/sh\nfor last; do :; done\nexec head -c 5000 /dev/zero >"$last"\n'
    )
    client.chmod(0o700)
    with pytest.raises(FetchError) as caught:
        fetch_rsync(f"{good}full", _LIMITS, program=str(client))

    assert Outcome.TOO_LARGE == caught.value.outcome
    assert [client] == list(temporary.iterdir())


def _begin(one: loopback.Connection) -> None:
    """Take what a client wants, by protocol 27; the seed of checksums is next."""
    one.send(b"@RSYNCD: 27.0\n")
    one.read_line()
    one.read_line()
    one.send(b"@RSYNCD: OK\n")
    while one.read_line():
        pass


def _listing(one: loopback.Connection) -> None:
    """List the file that was asked for again and again."""
    _begin(one)
    # The seed of the checksums, then messages of entries: flags, name, size, time and
    # mode.
    name = b"file"
    head = struct.pack("<BI", 0x40, len(name))
    entries = 1000 * (head + name + struct.pack("<III", 5, 0, 0o100644))
    one.send(struct.pack("<I", 1))
    while True:
        one.send(struct.pack("<I", 7 << 24 | len(entries)) + entries)


@pytest.mark.parametrize("span", [None, Span(5, 5)], ids=["copy", "size"])
def test_a_list_without_end_fills_no_memory(span: Span | None) -> None:
    """A client that is told of ever more files runs into its limit."""
    with (
        Loopback(_listing, listens=False) as server,
        pytest.raises(FetchError) as caught,
    ):
        fetch_rsync(f"{url_of(server)}file", _LIMITS, span=span)

    assert Outcome.PROTOCOL == caught.value.outcome
    assert "out of memory" in caught.value.detail


def test_the_environment_steers_nothing(
    good: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No variable of this process makes the client do something of its own."""
    mark = tmp_path / "mark"
    monkeypatch.setenv("RSYNC_CONNECT_PROG", f"touch {mark}")
    monkeypatch.setenv("RSYNC_PROXY", "127.0.0.1:1")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".popt").write_text("rsync alias --no-motd --dry-run\n")

    assert _STAMP == fetch_rsync(f"{good}zzz/time.txt", _LIMITS).body
    assert not mark.exists()


def test_a_missing_client_is_told(good: str) -> None:
    """Without the program nothing is known of the mirror."""
    with pytest.raises(FetchError) as caught:
        fetch_rsync(f"{good}f", _LIMITS, program="no-such-program")

    assert Outcome.NO_CLIENT == caught.value.outcome
    assert "rsync is not installed" == caught.value.detail


def test_a_client_that_cannot_run_is_no_fault_of_the_mirror(
    good: str, tmp_path: Path
) -> None:
    """What goes wrong on this machine is a defect of the probe."""
    broken = tmp_path / "broken"
    broken.write_text("#!/no/such/interpreter\n")
    broken.chmod(0o700)
    with pytest.raises(FetchError) as caught:
        fetch_rsync(f"{good}f", _LIMITS, program=str(broken))

    assert Outcome.DEFECT == caught.value.outcome


def test_a_folder_that_takes_nothing_is_no_fault_of_the_mirror(
    good: str, tmp_path: Path
) -> None:
    """Where this machine has no room for a copy, the mirror is not judged."""
    client = tmp_path / "client"
    client.write_text('#!/bin/sh\nrmdir "$PWD"\nexit 11\n')
    client.chmod(0o700)
    with pytest.raises(FetchError) as caught:
        fetch_rsync(f"{good}full", _LIMITS, program=str(client))

    assert Outcome.DEFECT == caught.value.outcome


@pytest.mark.parametrize("status", [1, 3, 11, 13, 14])
def test_a_daemon_cannot_blame_the_client(status: int) -> None:
    """With whatever status it has the client end, the mirror is what failed."""

    def behave(one: loopback.Connection) -> None:
        _begin(one)
        one.send(struct.pack("<III", 1, (7 + 86) << 24 | 4, status))
        one.read_line()

    with Loopback(behave, listens=False) as server:
        error = failure(f"{url_of(server)}file")

    assert Outcome.PROTOCOL == error.outcome


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://127.0.0.1/mod/f", id="http"),
        pytest.param("rsync://user@127.0.0.1/mod/f", id="user"),
        pytest.param("rsync://127.0.0.1/", id="no-module"),
        pytest.param("rsync://127.0.0.1/mod", id="no-path"),
        pytest.param("rsync://127.0.0.1//f", id="empty-module"),
        pytest.param("rsync://127.0.0.1/-e/f", id="option"),
        pytest.param("rsync://127.0.0.1/%2De/f", id="option-encoded"),
        pytest.param("rsync://127.0.0.1/mod/-n", id="option-as-path"),
        pytest.param("rsync://127.0.0.1/mod/%2e%2e/f", id="above"),
        pytest.param("rsync://127.0.0.1/mod/a%0ab", id="newline"),
        pytest.param("rsync://127.0.0.1/mod/a%00b", id="nul"),
        pytest.param("rsync://127.0.0.1/mod/*", id="pattern"),
        pytest.param("rsync://127.0.0.1/mod/%5ba%5d", id="pattern-encoded"),
        pytest.param("rsync://-oProxyCommand=x/mod/f", id="host"),
        pytest.param("127.0.0.1::mod/f", id="short-form"),
        pytest.param("/etc/passwd", id="file"),
    ],
)
def test_other_urls_are_refused(url: str) -> None:
    """Only rsync URLs of one file of a module come to the client."""
    assert Outcome.PROTOCOL == failure(url).outcome


def test_closed_ports_and_addresses() -> None:
    """What cannot or must not be reached has its own outcomes."""
    public = replace(_LIMITS, private_addresses=False)
    with closed_port() as url:
        refused = failure(url.replace("http:", "rsync:") + "mod/f")
    forbidden = failure("rsync://127.0.0.1/mod/f", public)

    assert Outcome.REFUSED == refused.outcome
    assert Outcome.FORBIDDEN_ADDRESS == forbidden.outcome
    assert Outcome.DNS == failure("rsync://no-such-host.invalid/mod/f").outcome


def test_the_next_address_is_tried(good: str) -> None:
    """An address that refuses the connection does not end the fetch."""

    def two(host: str, *, private: bool) -> tuple[Address, ...]:
        del host, private
        return (
            Address(text="127.0.0.99", family=4),
            Address(text="127.0.0.1", family=4),
        )

    url = good.replace("127.0.0.1", "mirror.example") + "zzz/time.txt"

    assert _STAMP == fetch_rsync(url, _LIMITS, resolve=two).body


def test_nothing_is_left_running(good: str) -> None:
    """A fetch leaves no process and no descriptor."""
    fetch_rsync(f"{good}zzz/time.txt", _LIMITS)
    descriptors = Path("/proc/self/fd")
    before = len(list(descriptors.iterdir()))
    fetch_rsync(f"{good}zzz/time.txt", _LIMITS)

    assert before == len(list(descriptors.iterdir()))
