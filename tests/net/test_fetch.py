"""One fetch against servers that behave and servers that do not."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net import Limits, fetch
from mirrorsel.net.address import Address
from tests import loopback
from tests.loopback import (
    Behaviour,
    Loopback,
    answer,
    endless,
    redirecting,
    sending,
)

_LIMITS = Limits(timeout=5, deadline=5, size=1000, private_addresses=True)
_BODY = b"1700000000 mirror\n"
_OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
_FOUND = b"HTTP/1.1 302 Found\r\nConnection: close\r\n"
_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
_INTERIM = b"HTTP/1.1 100 Continue\r\n\r\n"


@pytest.fixture
def good() -> Iterator[Loopback]:
    """Run a mirror as it should be."""
    with Loopback(answer(_BODY)) as server:
        yield server


def failure(url: str, limits: Limits = _LIMITS) -> FetchError:
    """Return how a fetch fails."""
    with pytest.raises(FetchError) as caught:
        fetch(url, limits)
    return caught.value


def test_fetch_gives_body_and_family(good: Loopback) -> None:
    """A good answer is given with its bytes, its URL and the family used."""
    fetched = fetch(f"{good.url}zzz/time.txt", _LIMITS)

    assert (_BODY, f"{good.url}zzz/time.txt", 4, None) == (
        fetched.body,
        fetched.url,
        fetched.family,
        fetched.certificate,
    )


def test_fetch_reads_no_file(good: Loopback) -> None:
    """No request waits for a disk that is busy."""
    script = """
import sys
from mirrorsel.net import Limits, fetch

limits = Limits(private_addresses=True)
fetch(sys.argv[1], limits)
sys.addaudithook(lambda event, about: event == "open" and print(about[0]))
fetch(sys.argv[1], limits)
"""
    command = [sys.executable, "-c", script, good.url]
    done = subprocess.run(command, check=True, capture_output=True, timeout=60)

    assert done.stdout == b""


def test_fetch_says_what_it_is(good: Loopback) -> None:
    """The request names its host and program and asks for no coding."""
    fetch(f"{good.url_of('localhost')}zzz/time.txt", _LIMITS)
    lines = good.requests[0].decode().split("\r\n")

    assert lines[0] == "GET /zzz/time.txt HTTP/1.1"
    assert f"Host: localhost:{good.port}" in lines
    assert "Accept-Encoding: identity" in lines
    assert "Connection: close" in lines
    assert any(
        line.startswith("User-Agent: mirrorsel/")
        and line.endswith(" (+mirror health check)")
        for line in lines
    )


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        pytest.param(answer(b"", "404 Not Found"), Outcome.STATUS, id="missing"),
        pytest.param(answer(b"", "204 No Content"), Outcome.STATUS, id="no-content"),
        pytest.param(answer(b"", "302 Found"), Outcome.STATUS, id="leads-nowhere"),
        pytest.param(loopback.hanging, Outcome.TIMEOUT, id="hanging"),
        pytest.param(endless(_OK, b"1"), Outcome.TOO_LARGE, id="huge"),
        pytest.param(answer(b"1" * 1001), Outcome.TOO_LARGE, id="a-byte-too-many"),
        pytest.param(
            answer(_BODY, headers={"Content-Encoding": "gzip"}),
            Outcome.ENCODED,
            id="encoded",
        ),
        pytest.param(loopback.not_http, Outcome.PROTOCOL, id="not-http"),
        pytest.param(loopback.silent, Outcome.PROTOCOL, id="silent"),
        pytest.param(loopback.breaking_off, Outcome.PROTOCOL, id="breaks-off"),
    ],
)
def test_failures_are_distinct(behaviour: Behaviour, outcome: Outcome) -> None:
    """Each way to fail has its own outcome."""
    with Loopback(behaviour) as server:
        error = failure(f"{server.url}f", replace(_LIMITS, timeout=0.2))

    assert outcome == error.outcome


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(_FOUND + b"Location: \xff\r\n\r\n", id="location"),
        pytest.param(_FOUND + b"Location: http://\xe4b/f\r\n\r\n", id="host"),
        pytest.param(_CHUNKED + b"-5\r\nabcde\r\n", id="chunk-size-negative"),
        pytest.param(_CHUNKED + b"5 5\r\nabcde\r\n", id="chunk-size-odd"),
        pytest.param(_CHUNKED + b"\xff\r\nabcde\r\n", id="chunk-size-no-number"),
        pytest.param(_CHUNKED + b"5\r\nabcdeX", id="chunk-without-end"),
        pytest.param(b"HTTP/1.1 \xff\xff OK\r\n\r\n", id="status-no-number"),
        pytest.param(b"HTTP/1.1 99 OK\r\n\r\n", id="status-too-small"),
        pytest.param(b"HTTP/9.9 200 OK\r\n\r\n", id="version"),
        pytest.param(b"\x00" * 100, id="zeros"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n", id="many-headers"
        ),
    ],
)
def test_nonsense_is_a_broken_answer(data: bytes) -> None:
    """Whatever bytes a mirror sends, they are its failure and nobody else's."""
    with Loopback(sending(data)) as server:
        error = failure(f"{server.url}f")

    assert (error.outcome, error.family) == (Outcome.PROTOCOL, 4)


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(endless(_INTERIM, _INTERIM), id="interim-answers"),
        pytest.param(endless(b"HTTP/1.1 200 ", b"O"), id="status-line"),
        pytest.param(endless(_CHUNKED + b"5;", b"x"), id="chunk-extension"),
        pytest.param(endless(_CHUNKED + b"0\r\n", b"X: y\r\n"), id="trailers"),
        pytest.param(endless(_CHUNKED, b"1\r\n1\r\n"), id="chunks"),
    ],
)
def test_every_byte_counts(behaviour: Behaviour) -> None:
    """An answer without end is left when it has cost too much, wherever it grows."""
    with Loopback(behaviour) as server:
        start = time.monotonic()
        error = failure(f"{server.url}f")
        taken = time.monotonic() - start

    assert error.outcome in {Outcome.TOO_LARGE, Outcome.PROTOCOL}
    assert taken < 2


def test_body_of_a_redirect_is_not_read(good: Loopback) -> None:
    """A redirect is followed at its headers, whatever body it has."""
    head = _FOUND + f"Location: {good.url}f\r\nContent-Encoding: gzip\r\n\r\n".encode()
    with Loopback(endless(head, b"1")) as first:
        fetched = fetch(f"{first.url}f", _LIMITS)

    assert f"{good.url}f" == fetched.url


def test_redirect_to_a_name_in_utf_8(good: Loopback) -> None:
    """A redirect that is not ASCII is read as UTF-8, as clients do."""
    head = _FOUND + f"Location: {good.url}ä/f\r\n\r\n".encode()
    with Loopback(sending(head)) as first:
        fetched = fetch(f"{first.url}f", _LIMITS)

    assert f"{good.url}%C3%A4/f" == fetched.url


@pytest.mark.parametrize(
    ("behaviour", "listens", "scheme"),
    [
        pytest.param(loopback.trickling_line, True, "http", id="status-line"),
        pytest.param(loopback.trickling_headers, True, "http", id="headers"),
        pytest.param(loopback.trickling_body, True, "http", id="body"),
        pytest.param(loopback.trickling_handshake, False, "https", id="handshake"),
    ],
)
def test_deadline_holds(behaviour: Behaviour, listens: bool, scheme: str) -> None:  # noqa: FBT001 - a row of the table
    """A server that always sends a little more is left at the deadline."""
    with Loopback(behaviour, listens=listens) as server:
        start = time.monotonic()
        error = failure(
            f"{scheme}://127.0.0.1:{server.port}/f", replace(_LIMITS, deadline=0.3)
        )
        taken = time.monotonic() - start

    assert error.outcome == Outcome.DEADLINE
    assert 0.3 <= taken < 1


def test_deadline_is_for_all_hops() -> None:
    """A redirect does not start the time again."""
    with (
        Loopback(loopback.trickling_body) as slow,
        Loopback(redirecting(f"{slow.url}f")) as first,
    ):
        error = failure(f"{first.url}f", replace(_LIMITS, deadline=0.3))

    assert error.outcome == Outcome.DEADLINE


def test_refused() -> None:
    """A closed port is a refusal."""
    with loopback.closed_port() as url:
        error = failure(f"{url}f")

    assert (error.outcome, error.detail) == (Outcome.REFUSED, "Connection refused")


def test_unknown_name() -> None:
    """A name without an address is a failure of DNS."""
    error = failure(f"http://{'a' * 64}.invalid/f")

    assert error.outcome == Outcome.DNS


def test_redirect_to_same_name_is_followed(good: Loopback) -> None:
    """A redirect to the same file name elsewhere is what a client would follow."""
    with Loopback(redirecting(f"{good.url}there/f")) as first:
        fetched = fetch(f"{first.url}here/f", _LIMITS)

    assert f"{good.url}there/f" == fetched.url


def test_redirect_without_end() -> None:
    """After three redirects the fourth is one too many."""
    with Loopback(redirecting("/f")) as server:
        error = failure(f"{server.url}f")

        assert error.outcome == Outcome.REDIRECTED
        assert len(server.requests) == 4


def test_redirect_to_private_address(good: Loopback) -> None:
    """Every hop's address is checked; here the first is not public already."""
    error = failure(good.url, replace(_LIMITS, private_addresses=False))

    assert error.outcome == Outcome.FORBIDDEN_ADDRESS
    assert good.requests == []


def test_ipv6_is_reached() -> None:
    """A host with nothing but an IPv6 address is asked over IPv6."""
    with Loopback(answer(_BODY), host="::1") as server:
        fetched = fetch(f"{server.url}f", _LIMITS)
        host = f"Host: [::1]:{server.port}".encode()

        assert fetched.family == 6
        assert host in server.requests[0]


def both(host: str, *, private: bool) -> tuple[Address, ...]:
    """Resolve every name to both loopback addresses."""
    del host, private
    return (Address(text="127.0.0.1", family=4), Address(text="::1", family=6))


def test_second_address_is_tried() -> None:
    """Where IPv4 refuses the connection, IPv6 is tried."""
    with Loopback(answer(_BODY), host="::1") as server:
        url = f"{server.url_of('mirror.example')}f"
        fetched = fetch(url, _LIMITS, resolve=both)

    assert fetched.family == 6


def test_family_that_is_not_to_be_tried() -> None:
    """A mirror that is not meant to be reached over IPv4 is asked over IPv6 only."""
    limits = replace(_LIMITS, families=frozenset({6}))
    with (
        Loopback(answer(_BODY), host="127.0.0.1") as other,
        pytest.raises(FetchError) as caught,
    ):
        fetch(f"{other.url_of('mirror.example')}f", limits, resolve=both)

    assert (caught.value.outcome, caught.value.family) == (Outcome.REFUSED, 6)
    assert other.requests == []


def test_no_address_of_a_family() -> None:
    """Without an address that may be tried, nothing is told of a family."""
    error = failure("http://127.0.0.1:1/f", replace(_LIMITS, families=frozenset({6})))

    assert (error.outcome, error.family) == (Outcome.DNS, None)


def test_answer_of_first_address_counts() -> None:
    """A mirror that breaks off over IPv4 is not asked again over IPv6."""
    with Loopback(loopback.silent) as server:
        url = f"{server.url_of('mirror.example')}f"
        with pytest.raises(FetchError, match="protocol"):
            fetch(url, _LIMITS, resolve=both)


def test_look_up_that_hangs() -> None:
    """A name server that does not answer holds a fetch no longer than the deadline."""
    found = threading.Event()

    def stuck(host: str, *, private: bool) -> tuple[Address, ...]:
        found.wait()
        return both(host, private=private)

    with pytest.raises(FetchError, match="deadline"):
        fetch("http://mirror.example/f", replace(_LIMITS, deadline=0.1), resolve=stuck)
    found.set()


def test_look_up_with_a_defect() -> None:
    """What the look-up raises is raised, not taken for a lack of time."""

    def defective(host: str, *, private: bool) -> tuple[Address, ...]:
        raise LookupError(host, private)

    with pytest.raises(LookupError):
        fetch("http://mirror.example/f", _LIMITS, resolve=defective)


def test_environment_is_ignored(
    good: Loopback, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither the proxies nor the credentials of the environment are used."""
    secrets = tmp_path / "netrc"
    secrets.write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(secrets))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    monkeypatch.setenv("all_proxy", "http://127.0.0.1:1/")
    fetch(f"{good.url}f", _LIMITS)

    assert b"Authorization" not in good.requests[0]


def test_details_are_plain() -> None:
    """What a mirror sends cannot steer the terminal that shows it."""
    with Loopback(answer(b"", "404 \x1b[31mRed\x07")) as server:
        error = failure(f"{server.url}f")

    assert error.detail == "404 [31mRed"
