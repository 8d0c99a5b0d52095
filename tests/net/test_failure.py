"""What failures of a connection say."""

import errno
import os
from dataclasses import replace

import pytest
import requests
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection
from urllib3.exceptions import MaxRetryError, NewConnectionError

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net import Limits, fetch
from mirrorsel.net.failure import translate
from tests.mirror import at

_LIMITS = Limits(timeout=1, deadline=2, private_addresses=True)


@pytest.mark.parametrize(
    ("address", "family"),
    [
        # Groups' addresses: TCP never leaves the machine for them.
        pytest.param("224.0.0.1", 4, id="ipv4"),
        pytest.param("ff01::1", 6, id="ipv6"),
    ],
)
def test_no_route(address: str, family: int) -> None:
    """An address to which this machine has no way is not said to refuse."""
    with pytest.raises(FetchError) as caught:
        fetch("http://mirror.example/f", _LIMITS, resolve=at(address))

    assert (Outcome.NO_ROUTE, family, "Network is unreachable", "") == (
        caught.value.outcome,
        caught.value.family,
        caught.value.detail,
        caught.value.url,
    )


def test_other_address_is_tried_after_no_route() -> None:
    """Where there is no way to the first address, the next one is tried."""
    limits = replace(_LIMITS, families=frozenset({4}))
    with pytest.raises(FetchError) as caught:
        fetch("http://m.example:1/f", limits, resolve=at("224.0.0.1", "127.0.0.1"))

    assert Outcome.REFUSED == caught.value.outcome


def as_raised(number: int) -> requests.ConnectionError:
    """Return what the libraries make of an error number when they connect."""
    inner = NewConnectionError(HTTPConnection("127.0.0.1"), "no connection")
    inner.__cause__ = OSError(number, os.strerror(number))
    return requests.ConnectionError(
        MaxRetryError(HTTPConnectionPool("127.0.0.1"), "/f", inner)
    )


@pytest.mark.parametrize(
    ("number", "outcome"),
    [
        pytest.param(errno.ENETUNREACH, Outcome.NO_ROUTE, id="network"),
        pytest.param(errno.EADDRNOTAVAIL, Outcome.NO_ROUTE, id="address"),
        pytest.param(errno.EAFNOSUPPORT, Outcome.NO_ROUTE, id="family"),
        pytest.param(errno.EHOSTUNREACH, Outcome.REFUSED, id="host"),
        pytest.param(errno.ECONNREFUSED, Outcome.REFUSED, id="refused"),
    ],
)
def test_numbers_of_errors(number: int, outcome: Outcome) -> None:
    """What lies in this machine is told from what lies beyond it."""
    error = translate(as_raised(number))

    assert (outcome, os.strerror(number)) == (error.outcome, error.detail)


@pytest.mark.parametrize(
    ("raised", "words"),
    [
        pytest.param(
            "_ssl.c:975: The handshake operation timed out",
            "The handshake operation timed out",
            id="before",
        ),
        pytest.param(
            "[SSL] wrong version number (_ssl.c:992)",
            "[SSL] wrong version number",
            id="behind",
        ),
    ],
)
def test_words_without_a_place_in_the_source(raised: str, words: str) -> None:
    """Where in Python's source TLS failed is of no use to anybody."""
    assert words == translate(requests.ConnectionError(OSError(raised))).detail


def test_network_lost_within_an_answer() -> None:
    """An open connection that breaks is no lack of a way there."""
    lost = requests.ConnectionError(OSError(errno.ENETUNREACH, "lost"))

    assert translate(lost).outcome == Outcome.REFUSED
