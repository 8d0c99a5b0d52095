"""Downloads from servers that hand out all kinds of things."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from mirrorsel.answer import Answer
from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net import Limits, download
from tests import loopback
from tests.loopback import (
    Authority,
    Behaviour,
    Connection,
    Loopback,
    answer,
    endless,
    redirecting,
    sending,
)

_LIMITS = Limits(timeout=5, deadline=5, size=100_000, private_addresses=True)
_SENT_AS = "Basic c2VjcmV0"
_SENT = f"\r\nAuthorization: {_SENT_AS}\r\n".encode()


def get(url: str, limits: Limits = _LIMITS) -> tuple[Answer, bytes]:
    """Return the answer to a download with a secret, and what it wrote."""
    into = io.BytesIO()
    found = download(url, into, limits, authorization=_SENT_AS)
    return found, into.getvalue()


def test_body() -> None:
    """The bytes come as the server has them, and how many is told on the way."""
    content, told = bytes(range(256)) * 300, list[tuple[int, int | None]]()
    into = io.BytesIO()
    coded = {"Content-Encoding": "gzip"}
    with Loopback(answer(content, headers=coded)) as server:
        download(server.url, into, _LIMITS, progress=lambda *pair: told.append(pair))

    assert content == into.getvalue()
    assert (len(content), len(content)) == told[-1]
    assert b"\r\nAuthorization:" not in server.requests[0]
    assert b"(+database update)" in server.requests[0]


def test_another_status() -> None:
    """An answer that is not the file is told, and writes nothing."""
    with Loopback(answer(b"No such file", "404 Not Found")) as server:
        found, written = get(server.url)

    assert (404, b"No such file") == (found.status, found.body)
    assert b"" == written


def test_length_unknown() -> None:
    """Of a body in chunks it is not told how long it is."""
    told = list[tuple[int, int | None]]()
    chunks = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"
    )
    into = io.BytesIO()
    with Loopback(sending(chunks)) as server:
        download(server.url, into, _LIMITS, progress=lambda *pair: told.append(pair))

    assert b"ab" == into.getvalue()
    assert [(2, None)] == told


def test_secret_goes_to_nobody_else() -> None:
    """A redirect to another host gets no authorization, nor does what follows."""
    asked: list[bytes] = []

    def ours(connection: Connection) -> None:
        asked.append(connection.request)
        first = connection.path == "/a"
        (redirecting(f"{other.url}b") if first else answer(b"x"))(connection)

    with Loopback(ours) as server:
        with Loopback(redirecting(f"{server.url}c?sign=1")) as other:
            found, written = get(f"{server.url}a")
        there = other.requests

    assert (f"{server.url}c?sign=1", b"x") == (found.url, written)
    assert [True, False] == [_SENT in one for one in asked]
    assert [False] == [_SENT in one for one in there]


def test_secret_stays_at_the_server() -> None:
    """A redirect within the server keeps the authorization."""

    def ours(connection: Connection) -> None:
        first = connection.path == "/a"
        (redirecting("/b") if first else answer(b"x"))(connection)

    with Loopback(ours) as server:
        get(f"{server.url}a")

    assert [True, True] == [_SENT in one for one in server.requests]


def test_never_from_https_to_http(tmp_path: Path) -> None:
    """A redirect out of TLS is an error, and is not followed."""
    authority = Authority(tmp_path)
    limits = replace(_LIMITS, authorities=str(authority.file))
    with (
        Loopback(answer(b"x")) as plain,
        Loopback(redirecting(plain.url), tls=authority.context("127.0.0.1")) as server,
        pytest.raises(FetchError) as caught,
    ):
        get(server.url, limits)

    assert Outcome.REDIRECTED == caught.value.outcome
    assert [] == plain.requests


def test_certificate(tmp_path: Path) -> None:
    """The certificate must be of a known issuer."""
    context = Authority(tmp_path).context("127.0.0.1")
    with (
        Loopback(answer(b"x"), tls=context) as server,
        pytest.raises(FetchError) as caught,
    ):
        get(server.url)

    assert Outcome.CERT_UNKNOWN_ISSUER == caught.value.outcome


@pytest.mark.parametrize("location", ["ftp://127.0.0.1/", "http://u@127.0.0.1/", "//"])
def test_strange_redirects(location: str) -> None:
    """What is no http URL without a user is not followed."""
    with Loopback(redirecting(location)) as server, pytest.raises(FetchError) as caught:
        get(server.url)

    assert Outcome.REDIRECTED == caught.value.outcome


@pytest.mark.parametrize(
    ("behaviour", "outcomes"),
    [
        pytest.param(loopback.hanging, {Outcome.TIMEOUT}, id="hangs"),
        pytest.param(loopback.trickling_body, {Outcome.DEADLINE}, id="trickles"),
        pytest.param(loopback.trickling_headers, {Outcome.DEADLINE}, id="headers"),
        pytest.param(redirecting("/"), {Outcome.REDIRECTED}, id="loop of redirects"),
        pytest.param(
            endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x"), {Outcome.TOO_LARGE}, id="endless"
        ),
        pytest.param(
            sending(b"HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n"),
            {Outcome.TOO_LARGE},
            id="announces too much",
        ),
        pytest.param(
            loopback.breaking_off, {Outcome.PROTOCOL, Outcome.REFUSED}, id="breaks off"
        ),
    ],
)
def test_hostile(behaviour: Behaviour, outcomes: set[Outcome]) -> None:
    """No server holds it beyond its limits, or makes a part count as the whole."""
    limits = replace(_LIMITS, timeout=0.6, deadline=1.0)
    with Loopback(behaviour) as server, pytest.raises(FetchError) as caught:
        get(server.url, limits)

    assert caught.value.outcome in outcomes


def test_private_address() -> None:
    """Where only public addresses are allowed, no other is connected to."""
    with Loopback(answer(b"")) as server, pytest.raises(FetchError) as caught:
        get(server.url, replace(_LIMITS, private_addresses=False))

    assert Outcome.FORBIDDEN_ADDRESS == caught.value.outcome
    assert [] == server.requests


def test_full_disk() -> None:
    """What cannot be written is the caller's own trouble, not the server's."""
    with (
        Loopback(answer(b"x")) as server,
        Path("/dev/full").open("wb", buffering=0) as full,
        pytest.raises(OSError, match="No space"),
    ):
        download(server.url, full, _LIMITS)
