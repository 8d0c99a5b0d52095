"""One fetch by FTP, from servers that behave and servers that do not."""

import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net import Limits
from mirrorsel.net.address import Address
from mirrorsel.net.ftp import fetch_ftp
from mirrorsel.net.span import Span
from tests import ftp, loopback
from tests.ftp import scripted
from tests.loopback import Behaviour, Loopback, closed_port

_LIMITS = Limits(timeout=5, deadline=5, size=1000, private_addresses=True)
_BODY = bytes(range(256)) * 2


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small tree."""
    root = tmp_path_factory.mktemp("tree")
    (root / "zzz").mkdir()
    (root / "zzz" / "time.txt").write_bytes(b"1700000000 mirror\n")
    (root / "bytes").write_bytes(_BODY)
    (root / "odd é%41").write_bytes(b"odd")
    (root / "empty").touch()
    (root / "large").write_bytes(_BODY * 400)
    return root


@pytest.fixture(scope="module")
def good(folder: Path) -> Iterator[str]:
    """Run a mirror as it should be."""
    with ftp.good_server(folder) as url:
        yield url


def url_of(server: Loopback) -> str:
    """Return the URL of a hand-made server."""
    return server.url.replace("http:", "ftp:")


def failure(url: str, limits: Limits = _LIMITS, span: Span | None = None) -> FetchError:
    """Return how a fetch fails."""
    with pytest.raises(FetchError) as caught:
        fetch_ftp(url, limits, span=span)
    return caught.value


def test_a_file_comes_as_it_is(good: str) -> None:
    """The body is the file's bytes, with its size and the family used."""
    fetched = fetch_ftp(f"{good}bytes", _LIMITS)

    assert _BODY == fetched.body
    assert (f"{good}bytes", 4, 0, 512) == (
        fetched.url,
        fetched.family,
        fetched.start,
        fetched.size,
    )


@pytest.mark.parametrize(
    ("path", "body"),
    [
        pytest.param("zzz/time.txt", b"1700000000 mirror\n", id="in-a-folder"),
        pytest.param("odd%20%C3%A9%2541", b"odd", id="decoded-once"),
        pytest.param("empty", b"", id="empty"),
    ],
)
def test_paths_are_decoded_once(good: str, path: str, body: bytes) -> None:
    """The name is the path of the URL, decoded once, byte for byte."""
    assert body == fetch_ftp(good + path, _LIMITS).body


def test_ipv6_works(folder: Path) -> None:
    """An IPv6 server is asked by EPSV."""
    with ftp.good_server(folder, "::1") as url:
        fetched = fetch_ftp(f"{url}bytes", _LIMITS)

    assert (_BODY, 6) == (fetched.body, fetched.family)


@pytest.mark.parametrize(
    "span",
    [
        pytest.param(Span(0, 16), id="beginning"),
        pytest.param(Span(100, 16), id="within"),
        pytest.param(Span(500, 12), id="end"),
        pytest.param(Span(0, 512), id="whole"),
    ],
)
@pytest.mark.parametrize("without", [frozenset(), frozenset({"REST"}), {"SIZE"}])
def test_a_part_is_given(folder: Path, span: Span, without: frozenset[str]) -> None:
    """A part comes from its start on, also where REST or SIZE is not known."""
    with ftp.good_server(folder, without=without) as url:
        fetched = fetch_ftp(f"{url}bytes", _LIMITS, span=span)

    assert _BODY[span.start :][: span.length] == fetched.body
    assert span.start == fetched.start
    assert (None if "SIZE" in without else 512) == fetched.size


def test_a_part_far_within_comes_from_the_beginning_without_rest(folder: Path) -> None:
    """Nobody reads through a large file for the sake of its end."""
    with ftp.good_server(folder, without=frozenset({"REST"})) as url:
        fetched = fetch_ftp(f"{url}large", _LIMITS, span=Span(100000, 16))

    assert (0, _BODY[:16], 204800) == (fetched.start, fetched.body, fetched.size)


def test_a_part_beyond_the_end_is_empty(good: str) -> None:
    """A file that is too short is told by its size, not by an error."""
    fetched = fetch_ftp(f"{good}bytes", _LIMITS, span=Span(5000, 16))

    assert (5000, b"", 512) == (fetched.start, fetched.body, fetched.size)


@pytest.mark.parametrize("sent", [b"", b"dat"], ids=["nothing", "less"])
def test_a_part_is_as_long_as_the_size_says(sent: bytes) -> None:
    """A right size makes no file right of which too little is sent."""
    behaviour = scripted({"SIZE": "213 100"}, ftp.sending(sent))
    with Loopback(behaviour, listens=False) as server:
        error = failure(f"{url_of(server)}f", span=Span(96, 16))

    assert Outcome.PROTOCOL == error.outcome
    assert f"{len(sent)} bytes from 96 on, not a part of 100" == error.detail


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("none", id="missing"),
        pytest.param("zzz", id="folder"),
        pytest.param("%2e%2e/%2e%2e/etc/passwd", id="outside"),
    ],
)
def test_what_is_no_file_is_a_status(good: str, path: str) -> None:
    """A refused file is told in the server's words."""
    error = failure(good + path)

    assert (Outcome.STATUS, 550, 4) == (error.outcome, error.status, error.family)
    assert error.detail.startswith("550 ")


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        pytest.param(scripted({"": "421 too many"}), Outcome.STATUS, id="busy"),
        pytest.param(scripted({"PASS": "530 no"}), Outcome.STATUS, id="no-login"),
        pytest.param(scripted({"RETR": "550 no"}), Outcome.STATUS, id="no-file"),
        pytest.param(scripted({"RETR": "5xx no"}), Outcome.PROTOCOL, id="no-number"),
        pytest.param(scripted({"RETR": "200 no"}), Outcome.TIMEOUT, id="no-start"),
        pytest.param(scripted({"SIZE": "421 bye"}), Outcome.STATUS, id="size-421"),
        pytest.param(scripted({"end": "426 cut"}), Outcome.STATUS, id="cut"),
        pytest.param(scripted({"SIZE": "213 5"}), Outcome.PROTOCOL, id="short"),
        pytest.param(scripted({"PASV": "227 {port}"}), Outcome.PROTOCOL, id="pasv"),
        pytest.param(
            scripted({"PASV": "227 (1,2,3,4,99999,1)"}), Outcome.PROTOCOL, id="port"
        ),
        pytest.param(
            scripted({"PASV": f"227 (1,2,3,4,1,{'9' * 5000})"}),
            Outcome.PROTOCOL,
            id="long-port",
        ),
        pytest.param(
            scripted({"PASV": "227 (127,0,0,1,0,1)"}), Outcome.REFUSED, id="data-closed"
        ),
        pytest.param(scripted(data=ftp.pouring), Outcome.TOO_LARGE, id="pouring"),
        pytest.param(
            scripted(data=ftp.sending(b"x" * 1001)), Outcome.TOO_LARGE, id="byte-more"
        ),
        pytest.param(scripted(data=ftp.holding), Outcome.TIMEOUT, id="no-data"),
        pytest.param(loopback.hanging, Outcome.TIMEOUT, id="silent"),
        pytest.param(loopback.silent, Outcome.PROTOCOL, id="closed"),
        pytest.param(
            loopback.sending(b"HTTP/1.1 400 Bad\r\n"), Outcome.PROTOCOL, id="http"
        ),
        pytest.param(
            loopback.sending(b"2" * 10000), Outcome.PROTOCOL, id="endless-line"
        ),
        pytest.param(
            loopback.endless(b"220-hi\r\n", b"220-hi\r\n"),
            Outcome.TOO_LARGE,
            id="endless-greeting",
        ),
    ],
)
def test_failures_are_distinct(behaviour: Behaviour, outcome: Outcome) -> None:
    """Each way to fail has its own outcome."""
    with Loopback(behaviour, listens=False) as server:
        error = failure(f"{url_of(server)}f", replace(_LIMITS, timeout=0.3))

    assert outcome == error.outcome
    assert 4 == error.family
    assert len(error.detail) <= 200
    assert error.detail.isprintable()


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(lambda one: one.trickle(b"220-hi\r\n"), id="greeting"),
        pytest.param(lambda one: one.trickle(b"2"), id="line"),
        pytest.param(scripted(data=ftp.trickling), id="data"),
    ],
)
def test_a_trickle_ends_at_the_deadline(behaviour: Behaviour) -> None:
    """A server that keeps every wait short is left all the same."""
    before = time.monotonic()
    with Loopback(behaviour, listens=False) as server:
        error = failure(f"{url_of(server)}f", replace(_LIMITS, deadline=0.5))
        took = time.monotonic() - before

    assert Outcome.DEADLINE == error.outcome
    assert took < 3


def test_data_comes_from_the_checked_address_alone() -> None:
    """PASV may name any address; the data connection goes where the file is."""
    wrong = {"PASV": "227 (127,0,0,77,{port})"}
    with Loopback(scripted(wrong), listens=False) as server:
        fetched = fetch_ftp(f"{url_of(server)}f", _LIMITS)

    assert b"data" == fetched.body


def test_pasv_leads_to_no_other_machine() -> None:
    """A server cannot have another host connected to."""
    with socket.create_server(("127.0.0.77", 0)) as victim:
        port = victim.getsockname()[1]
        pasv = f"227 (127,0,0,77,{port >> 8},{port & 255})"
        with Loopback(scripted({"PASV": pasv}), listens=False) as server:
            error = failure(f"{url_of(server)}f")
        victim.setblocking(False)  # noqa: FBT003 - named so by the library

        with pytest.raises(BlockingIOError):
            victim.accept()
    assert Outcome.REFUSED == error.outcome


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("a%0d%0aDELE%20b", id="cr-lf"),
        pytest.param("a%0aDELE%20b", id="lf"),
        pytest.param("a%00b", id="nul"),
        pytest.param("a\r\nDELE b", id="not-encoded"),
        pytest.param("a?b", id="query"),
    ],
)
def test_no_name_holds_a_command(path: str) -> None:
    """A name that would end its line is refused before there is a connection."""
    with Loopback(scripted(), listens=False) as server:
        error = failure(f"{url_of(server)}{path}")
        accepted = server.connections

    assert (Outcome.PROTOCOL, None, 0) == (error.outcome, error.family, accepted)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://127.0.0.1/f", id="http"),
        pytest.param("ftps://127.0.0.1/f", id="ftps"),
        pytest.param("ftp://user@127.0.0.1/f", id="user"),
        pytest.param("ftp://user:word@127.0.0.1/f", id="password"),
        pytest.param("ftp://127.0.0.1:0/f", id="port"),
        pytest.param("ftp://127.0.0.1:99999/f", id="large-port"),
        pytest.param("ftp:///f", id="no-host"),
        pytest.param("ftp://127.0.0.1", id="no-path"),
    ],
)
def test_other_urls_are_refused(url: str) -> None:
    """Only ftp URLs without a user are fetched."""
    assert Outcome.PROTOCOL == failure(url).outcome


def test_closed_ports_and_addresses() -> None:
    """What cannot or must not be reached has its own outcomes."""
    public = replace(_LIMITS, private_addresses=False)
    with closed_port() as url:
        refused = failure(url.replace("http:", "ftp:") + "f")

    assert Outcome.REFUSED == refused.outcome
    assert Outcome.FORBIDDEN_ADDRESS == failure("ftp://127.0.0.1/f", public).outcome
    assert Outcome.DNS == failure("ftp://no-such-host.invalid/f").outcome


def test_the_next_address_is_tried() -> None:
    """An address that refuses the connection does not end the fetch."""

    def two(host: str, *, private: bool) -> tuple[Address, ...]:
        del host, private
        return (
            Address(text="127.0.0.99", family=4),
            Address(text="127.0.0.1", family=4),
        )

    with Loopback(scripted(), listens=False) as server:
        url = url_of(server).replace("127.0.0.1", "mirror.example")
        fetched = fetch_ftp(f"{url}f", _LIMITS, resolve=two)

    assert b"data" == fetched.body


def test_families_are_kept_apart(good: str) -> None:
    """A host without an address of the wanted family is not asked."""
    only6 = replace(_LIMITS, families=frozenset({6}))

    assert Outcome.DNS == failure(f"{good}bytes", only6).outcome


def test_a_server_that_names_a_wrong_size_is_bounded() -> None:
    """The cap holds whatever size is told."""
    told = {"SIZE": "213 10"}
    with Loopback(scripted(told, ftp.pouring), listens=False) as server:
        error = failure(f"{url_of(server)}f")

    assert Outcome.TOO_LARGE == error.outcome


@settings(max_examples=60)
@given(
    command=st.sampled_from(
        ["", "USER", "PASS", "TYPE", "SIZE", "PASV", "RETR", "end"]
    ),
    reply=st.one_of(
        st.text(st.characters(max_codepoint=255, exclude_characters="\n"), max_size=60),
        st.from_regex(r"[0-9]{3}[ -]?[0-9,().|]{0,40}", fullmatch=True),
    ),
)
def test_no_reply_is_more_than_a_failure(command: str, reply: str) -> None:
    """Whatever a server says, the fetch gives a file or an outcome."""
    limits = replace(_LIMITS, timeout=0.1, deadline=0.5)
    with Loopback(scripted({command: reply}), listens=False) as server:
        try:
            fetched = fetch_ftp(f"{url_of(server)}f", limits)
        except FetchError as error:
            assert error.detail.isprintable()  # noqa: PT017 - one of two good ends
            assert error.outcome != Outcome.DEFECT  # noqa: PT017 - as above
        else:
            assert b"data" == fetched.body
