"""Certificates, over real TLS with authorities made here."""

import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net import Limits, fetch
from tests import loopback
from tests.loopback import Authority, Loopback, answer, redirecting

_LIMITS = Limits(timeout=5, deadline=5, private_addresses=True)
_BODY = b"1700000000 mirror\n"

Contexts = Callable[[Authority, Authority], ssl.SSLContext]


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Give the one authority that is trusted."""
    return Authority(tmp_path_factory.mktemp("trusted"))


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Give an authority that nobody trusts."""
    return Authority(tmp_path_factory.mktemp("other"))


@pytest.fixture
def limits(trusted: Authority) -> Limits:
    """Give limits with the trusted authority."""
    return replace(_LIMITS, authorities=str(trusted.file))


@pytest.mark.parametrize(
    ("host", "context", "outcome"),
    [
        pytest.param(
            "localhost",
            lambda trusted, _: trusted.context("localhost", expired=True),
            Outcome.CERT_EXPIRED,
            id="expired",
        ),
        pytest.param(
            "localhost",
            lambda trusted, _: trusted.context("localhost", early=True),
            Outcome.CERT_NOT_YET_VALID,
            id="not-yet-valid",
        ),
        pytest.param(
            "localhost",
            lambda trusted, _: trusted.context("parked.example"),
            Outcome.CERT_WRONG_NAME,
            id="another-name",
        ),
        pytest.param(
            "localhost",
            lambda trusted, _: trusted.context("*.localhost"),
            Outcome.CERT_WRONG_NAME,
            id="names-below",
        ),
        pytest.param(
            "127.0.0.1",
            lambda trusted, _: trusted.context("127.0.0.2"),
            Outcome.CERT_WRONG_NAME,
            id="another-address",
        ),
        pytest.param(
            "127.0.0.1",
            lambda trusted, _: trusted.context("localhost"),
            Outcome.CERT_WRONG_NAME,
            id="a-name-for-an-address",
        ),
        pytest.param(
            "localhost",
            lambda _, other: other.context("localhost"),
            Outcome.CERT_UNKNOWN_ISSUER,
            id="another-authority",
        ),
        pytest.param(
            "localhost",
            lambda _, other: other.own_context(),
            Outcome.CERT_UNKNOWN_ISSUER,
            id="signed-by-itself",
        ),
        pytest.param(
            "localhost",
            lambda _, other: other.context("parked.example", expired=True),
            Outcome.CERT_UNKNOWN_ISSUER,
            id="all-at-once",
        ),
    ],
)
def test_bad_certificates(
    trusted: Authority, other: Authority, host: str, context: Contexts, outcome: Outcome
) -> None:
    """What is wrong with a certificate is told apart."""
    limits = replace(_LIMITS, authorities=str(trusted.file))
    with (
        Loopback(answer(_BODY), tls=context(trusted, other)) as server,
        pytest.raises(FetchError) as caught,
    ):
        fetch(f"{server.url_of(host)}f", limits)

    assert outcome == caught.value.outcome
    assert not any(server.requests)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_good_certificate(trusted: Authority, limits: Limits, host: str) -> None:
    """The connection goes to an address, the certificate is that of the name."""
    with Loopback(answer(_BODY), tls=trusted.context(host)) as server:
        fetched = fetch(f"{server.url_of(host)}f", limits)

    assert _BODY == fetched.body


def test_certificate_is_told(trusted: Authority, limits: Limits) -> None:
    """The end of a certificate's validity and its issuer are told with the answer."""
    with Loopback(answer(_BODY), tls=trusted.context("localhost", days=7)) as server:
        shown = fetch(f"{server.url_of('localhost')}f", limits).certificate

    assert shown is not None
    assert "trustme" in shown.issuer
    assert abs(shown.expiry - datetime.now(UTC) - timedelta(days=7)) < timedelta(
        minutes=1
    )


def test_certificate_of_a_failure_is_told(trusted: Authority, limits: Limits) -> None:
    """Whoever answers with nonsense is known by certificate and URL all the same."""
    page = answer(b"<html>for sale")
    with (
        Loopback(page, tls=trusted.context("localhost")) as server,
        pytest.raises(FetchError) as caught,
    ):
        fetch(f"{server.url_of('localhost')}f", limits)

    assert Outcome.SOFT_404 == caught.value.outcome
    assert f"{server.url_of('localhost')}f" == caught.value.url
    assert "trustme" in caught.value.certificate.issuer


def test_certificate_is_of_the_last_answer(trusted: Authority, limits: Limits) -> None:
    """After a redirect the certificate is that of the server which has the file."""
    with (
        Loopback(answer(_BODY), tls=trusted.context("localhost", days=7)) as last,
        Loopback(
            redirecting(f"{last.url_of('localhost')}f"),
            tls=trusted.context("localhost", days=70),
        ) as first,
    ):
        shown = fetch(f"{first.url_of('localhost')}f", limits).certificate

    assert shown is not None
    assert shown.expiry < datetime.now(UTC) + timedelta(days=8)


def test_tls_to_a_plain_port() -> None:
    """A port that does not speak TLS is a failure of TLS, and of no certificate."""
    with (
        Loopback(loopback.not_http, listens=False) as server,
        pytest.raises(FetchError) as caught,
    ):
        fetch(f"https://127.0.0.1:{server.port}/f", _LIMITS)

    assert (Outcome.TLS, "", None) == (
        caught.value.outcome,
        caught.value.url,
        caught.value.certificate,
    )


def test_own_authority_is_not_trusted_as_such(tmp_path: Path) -> None:
    """Without a file of authorities, none of our own is trusted."""
    authority = Authority(tmp_path)
    with (
        Loopback(answer(_BODY), tls=authority.context("localhost")) as server,
        pytest.raises(FetchError, match="cert_unknown_issuer"),
    ):
        fetch(f"{server.url_of('localhost')}f", _LIMITS)
