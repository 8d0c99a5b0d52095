"""Messages posted to servers that answer with all kinds of things."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net import Limits
from mirrorsel.net.address import Address, Resolver
from mirrorsel.net.post import post
from tests import loopback
from tests.loopback import (
    Authority,
    Behaviour,
    Connection,
    Loopback,
    answer,
    closed_port,
    endless,
    redirecting,
    sending,
)

_LIMITS = Limits(timeout=5, deadline=5, private_addresses=True)
_HEADERS = {"Content-Type": "application/json", "X-Test": "1"}
_OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"


def taking(then: Behaviour) -> Behaviour:
    """Return the behaviour of a server that reads the body first."""

    def behave(connection: Connection) -> None:
        connection.read_body()
        then(connection)

    return behave


def resolving(*hosts: str) -> Resolver:
    """Return a resolver that gives these addresses for every name."""

    def resolve(host: str, *, private: bool) -> tuple[Address, ...]:
        del host, private
        return tuple(Address(text=one, family=4) for one in hosts)

    return resolve


def test_request() -> None:
    """The request is a POST with its length, its type and the other headers."""
    bodies: list[bytes] = []

    def take(connection: Connection) -> None:
        bodies.append(connection.read_body())
        answer(b"", "204 No Content")(connection)

    with Loopback(take) as server:
        found = post(f"{server.url}a?b", b'{"x": 1}', _HEADERS, _LIMITS)
    head = server.requests[0].partition(b"\r\n\r\n")[0].split(b"\r\n")

    assert 204 == found.status
    assert [b'{"x": 1}'] == bodies
    assert b"POST /a?b HTTP/1.1" == head[0]
    assert {b"Content-Type: application/json", b"X-Test: 1"} <= set(head)
    assert b"Content-Length: 8" in head
    assert f"Host: 127.0.0.1:{server.port}".encode() in head


@pytest.mark.parametrize("status", ["302 Found", "307 Temporary", "308 Permanent"])
def test_redirects_are_not_followed(status: str) -> None:
    """A redirect is an answer, and nothing goes where it leads."""
    with (
        Loopback(answer(b"")) as other,
        Loopback(taking(redirecting(other.url, status))) as server,
    ):
        found = post(server.url, b"x", _HEADERS, _LIMITS)

    assert int(status[:3]) == found.status
    assert [] == other.requests


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        pytest.param("http_proxy", "http://127.0.0.1:9", id="proxy"),
        pytest.param("ALL_PROXY", "http://127.0.0.1:9", id="for all"),
        pytest.param("NETRC", "netrc", id="credentials"),
    ],
)
def test_environment(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither proxies nor credentials of the environment are taken."""
    (tmp_path / "netrc").write_text("default login a password b\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(variable, value)
    with Loopback(taking(answer(b""))) as server:
        found = post(server.url, b"x", _HEADERS, _LIMITS)

    assert 200 == found.status
    assert b"Authorization" not in server.requests[0]


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        pytest.param(loopback.hanging, Outcome.TIMEOUT, id="hangs"),
        pytest.param(loopback.trickling_headers, Outcome.DEADLINE, id="headers"),
        pytest.param(loopback.trickling_line, Outcome.DEADLINE, id="status line"),
        pytest.param(loopback.silent, Outcome.PROTOCOL, id="silent"),
        pytest.param(loopback.not_http, Outcome.PROTOCOL, id="not HTTP"),
        pytest.param(endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"), None, id="flood"),
    ],
)
def test_hostile(behaviour: Behaviour, outcome: Outcome | None) -> None:
    """No server holds it beyond its limits."""
    limits = replace(_LIMITS, timeout=0.6, deadline=1.0)
    with Loopback(taking(behaviour)) as server:
        start = time.monotonic()
        with pytest.raises(FetchError) as caught:
            post(server.url, b"x", _HEADERS, limits)

    assert time.monotonic() - start < 3
    assert outcome in {None, caught.value.outcome}


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(endless(_OK, b"x"), id="endless"),
        pytest.param(loopback.trickling_body, id="trickles"),
        pytest.param(loopback.breaking_off, id="breaks off"),
        pytest.param(sending(_OK), id="empty"),
    ],
)
def test_body_is_not_read(behaviour: Behaviour) -> None:
    """Whatever the body of the answer is, its head is enough."""
    with Loopback(taking(behaviour)) as server:
        found = post(server.url, b"x", _HEADERS, _LIMITS)

    assert (200, b"") == (found.status, found.body)


def test_tls(tmp_path: Path) -> None:
    """By https the certificate must be good for the name."""
    authority = Authority(tmp_path)
    limits = replace(_LIMITS, authorities=str(authority.file))
    context = authority.context("127.0.0.1")
    with Loopback(taking(answer(b"")), tls=context) as server:
        assert 200 == post(server.url, b"x", _HEADERS, limits).status
        with pytest.raises(FetchError):
            post(server.url, b"x", _HEADERS, _LIMITS)


def test_private_address() -> None:
    """Where only public addresses are allowed, no other is connected to."""
    with Loopback(answer(b"")) as server, pytest.raises(FetchError) as caught:
        post(server.url, b"x", _HEADERS, replace(_LIMITS, private_addresses=False))

    assert Outcome.FORBIDDEN_ADDRESS == caught.value.outcome
    assert [] == server.requests


def test_dead_address() -> None:
    """Where there is no connection, the next address of the host is tried."""
    find = resolving("127.0.0.9", "127.0.0.1")
    with Loopback(taking(answer(b""))) as server:
        url = server.url_of("hook.example")
        found = post(url, b"x", _HEADERS, _LIMITS, resolve=find)

    assert 200 == found.status


def test_sent_once() -> None:
    """A server that took it and fails is not passed over for another address."""
    find = resolving("127.0.0.1", "127.0.0.1")
    with Loopback(taking(loopback.silent)) as server:
        url = server.url_of("hook.example")
        with pytest.raises(FetchError):
            post(url, b"x", _HEADERS, _LIMITS, resolve=find)

    assert 1 == len(server.requests)


def test_nobody_listens() -> None:
    """A port that refuses is told as such."""
    with closed_port() as url, pytest.raises(FetchError) as caught:
        post(url, b"x", _HEADERS, _LIMITS)

    assert Outcome.REFUSED == caught.value.outcome
