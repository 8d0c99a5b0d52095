"""Questions to servers that answer with all kinds of things."""

from dataclasses import replace
from pathlib import Path

import pytest

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net import Limits, ask
from mirrorsel.net.address import Address
from tests import loopback
from tests.loopback import (
    Authority,
    Behaviour,
    Loopback,
    answer,
    endless,
    redirecting,
    sending,
)

_LIMITS = Limits(timeout=5, deadline=5, size=1000, redirects=0, private_addresses=True)
_OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"


def failure(url: str, limits: Limits = _LIMITS) -> FetchError:
    """Return how a question fails."""
    with pytest.raises(FetchError) as caught:
        ask(url, limits)
    return caught.value


def test_every_status_is_an_answer() -> None:
    """The status comes with its reason, the headers and the body."""
    with Loopback(answer(b"gone", "404 Not Here", {"Server": "x"})) as server:
        found = ask(f"{server.url}a", _LIMITS)

    assert (404, "Not Here", b"gone", True, "x", f"{server.url}a") == (
        found.status,
        found.reason,
        found.body,
        found.whole,
        found.headers["server"],
        found.url,
    )


def test_redirect_is_an_answer() -> None:
    """Where no redirect is followed, it is the answer."""
    with Loopback(redirecting("https://other.example/x")) as server:
        found = ask(server.url, _LIMITS)

    assert (302, "https://other.example/x") == (found.status, found.headers["location"])


def test_redirects_are_followed_where_allowed() -> None:
    """Then the answer is that of the place in the end."""
    with Loopback(answer(b"there")) as other, Loopback(redirecting(other.url)) as first:
        found = ask(first.url, replace(_LIMITS, redirects=1))

    assert (b"there", other.url) == (found.body, found.url)


@pytest.mark.parametrize(
    ("location", "words"),
    [
        pytest.param("/", "more than 2 redirects", id="without end"),
        pytest.param("/other", "to another file name", id="another file"),
        pytest.param("ftp://x/", "to what is no http URL", id="another protocol"),
    ],
)
def test_redirects_that_lead_nowhere(location: str, words: str) -> None:
    """They are followed as in a probe."""
    with Loopback(redirecting(location)) as server:
        error = failure(server.url, replace(_LIMITS, redirects=2))

    assert error.outcome == Outcome.REDIRECTED
    assert words in error.detail


def test_content_coding_is_not_undone() -> None:
    """What was sent is given, with the coding that it is said to have."""
    coded = answer(b"raw bytes", headers={"Content-Encoding": "gzip"})
    with Loopback(coded) as server:
        found = ask(server.url, _LIMITS, coding="gzip")

    assert (b"raw bytes", "gzip") == (found.body, found.headers["content-encoding"])
    assert b"Accept-Encoding: gzip\r\n" in server.requests[0]


def test_body_is_cut() -> None:
    """A body without end is read as far as it is wanted, and said to be longer."""
    with Loopback(endless(_OK, b"x")) as server:
        found = ask(server.url, _LIMITS)

    assert (b"x" * 1000, False) == (found.body, found.whole)


def test_body_is_not_read_where_none_is_wanted() -> None:
    """The headers are enough then, even if no body ever comes."""
    with Loopback(loopback.trickling_body) as server:
        found = ask(server.url, replace(_LIMITS, size=0))

    assert (200, b"", True) == (found.status, found.body, found.whole)


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        pytest.param(loopback.hanging, Outcome.TIMEOUT, id="silent"),
        pytest.param(loopback.trickling_headers, Outcome.DEADLINE, id="slow headers"),
        pytest.param(loopback.trickling_body, Outcome.DEADLINE, id="slow body"),
        pytest.param(loopback.not_http, Outcome.PROTOCOL, id="not HTTP"),
        pytest.param(loopback.breaking_off, Outcome.PROTOCOL, id="breaks off"),
        pytest.param(
            endless(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
            Outcome.TOO_LARGE,
            id="interim answers without end",
        ),
        pytest.param(
            sending(b"HTTP/1.1 302 Found\r\nLocation: /\xff\r\n\r\n"),
            Outcome.PROTOCOL,
            id="a redirect in no known characters",
        ),
    ],
)
def test_no_answer(behaviour: Behaviour, outcome: Outcome) -> None:
    """What is no answer within the limits fails as a probe does."""
    limits = replace(_LIMITS, timeout=0.3, deadline=0.6, redirects=1)
    with Loopback(behaviour) as server:
        assert outcome == failure(server.url, limits).outcome


def test_no_connection() -> None:
    """A closed port is told from an answer, and so is a private address."""
    with loopback.closed_port() as dead:
        assert failure(dead).outcome == Outcome.REFUSED
        private = replace(_LIMITS, private_addresses=False)
        assert failure(dead, private).outcome == Outcome.FORBIDDEN_ADDRESS
        wrong = replace(_LIMITS, families=frozenset({6}))
        assert failure(dead, wrong).outcome == Outcome.DNS


def test_other_addresses_of_the_host() -> None:
    """Where there is no connection, the next address is tried."""

    def resolve(host: str, *, private: bool) -> tuple[Address, ...]:
        del host, private
        return (
            Address(text="127.0.0.9", family=4),
            Address(text="127.0.0.1", family=4),
        )

    with Loopback(answer(b"here")) as server:
        found = ask(server.url_of("mirror.example"), _LIMITS, resolve=resolve)

    assert found.body == b"here"


def test_certificates_are_checked(tmp_path: Path) -> None:
    """A certificate counts for its own name, from an authority that is known."""
    authority = Authority(tmp_path)
    with Loopback(answer(b"safe"), tls=authority.context("localhost")) as server:
        url = server.url_of("localhost")
        known = replace(_LIMITS, authorities=str(authority.file))
        assert ask(url, known).body == b"safe"
        assert failure(server.url, known).outcome == Outcome.CERT_WRONG_NAME
        assert failure(url).outcome == Outcome.CERT_UNKNOWN_ISSUER
