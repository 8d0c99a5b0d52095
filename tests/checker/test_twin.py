"""The https twin of an http mirror, on loopback."""

import time
from dataclasses import replace

import pytest

from mirrorsel.checker.channel import Channel
from mirrorsel.checker.twin import gives_stamp, twin_of
from mirrorsel.model import Health, Mirror, Outcome
from mirrorsel.net import Deadline, fetch, resolve
from tests import loopback
from tests.loopback import Authority, Behaviour, Loopback, answer, stamped
from tests.probing import LIMITS, STAMP, probe, prober


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Give a certificate authority of our own."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.mark.parametrize(
    ("health", "twin"),
    [
        pytest.param(Health(), True, id="new"),
        pytest.param(Health(streak=3), True, id="never-asked"),
        pytest.param(Health(streak=3, https_twin=False), None, id="asked-before"),
        pytest.param(Health(streak=576, https_twin=False), True, id="due-again"),
        pytest.param(Health(streak=-288), None, id="down"),
    ],
)
def test_when_the_twin_is_asked(
    authority: Authority,
    health: Health,
    twin: bool | None,  # noqa: FBT001 - a row of the table
) -> None:
    """A twin is asked for at first and then now and then, while the mirror works."""
    limits = replace(LIMITS, authorities=str(authority.file))
    with (
        Loopback(stamped()) as mirror,
        Loopback(stamped(), tls=authority.context("127.0.0.1")) as secure,
    ):
        made = replace(prober(limits), https_port=secure.port)
        result = made(Mirror(url=mirror.url), health)

    assert (Outcome.OK, twin) == (result.outcome, result.https_twin)
    assert result.certificate is None


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(answer(b"", "404 Not Found"), id="missing"),
        pytest.param(answer(b"hello"), id="no-stamp"),
        pytest.param(loopback.hanging, id="hanging"),
    ],
)
def test_no_twin(authority: Authority, behaviour: Behaviour) -> None:
    """An https server without the stamp is no twin, and no failure of the mirror."""
    limits = replace(LIMITS, authorities=str(authority.file))
    with (
        Loopback(stamped()) as mirror,
        Loopback(behaviour, tls=authority.context("127.0.0.1")) as secure,
    ):
        made = replace(prober(limits), https_port=secure.port)
        result = made(Mirror(url=mirror.url))

    assert (Outcome.OK, False) == (result.outcome, result.https_twin)
    assert result.seconds < 0.3


def test_no_twin_of_a_url_with_a_port() -> None:
    """Another port is another server, so nothing is asked."""
    with Loopback(stamped()) as mirror:
        result = probe(mirror.url)

    assert (Outcome.OK, None) == (result.outcome, result.https_twin)


def test_no_twin_of_an_https_mirror(authority: Authority) -> None:
    """Nobody asks whether https is there by https; the certificate is told."""
    limits = replace(LIMITS, authorities=str(authority.file))
    with Loopback(stamped(), tls=authority.context("127.0.0.1")) as mirror:
        made = replace(prober(limits), https_port=mirror.port)
        result = made(Mirror(url=mirror.url))

        assert 1 == len(mirror.requests)
    assert (Outcome.OK, None) == (result.outcome, result.https_twin)
    assert result.certificate is not None


@pytest.mark.parametrize(
    ("url", "port", "twin"),
    [
        pytest.param("http://m.example/d/", None, "https://m.example/d/", id="name"),
        pytest.param("http://[::1]/", None, "https://[::1]/", id="address"),
        pytest.param("http://m.example:80/", None, None, id="with-port"),
        pytest.param("http://m.example:81/", 444, "https://m.example:444/", id="known"),
        pytest.param("http://[::1]:81/", 444, "https://[::1]:444/", id="address-known"),
    ],
)
def test_url_of_a_twin(url: str, port: int | None, twin: str | None) -> None:
    """A twin is at the default port of the same host, or where it is said to be."""
    assert twin == twin_of(url, port)


def test_no_time_for_the_twin(authority: Authority) -> None:
    """A twin that there was no time to ask is not said to be missing."""
    limits = replace(LIMITS, authorities=str(authority.file))
    with (
        Loopback(stamped(), tls=authority.context("127.0.0.1")) as secure,
        Deadline(0.001) as deadline,
    ):
        channel = Channel(
            transport=fetch, limits=limits, deadline=deadline, resolve=resolve
        )
        time.sleep(0.002)

        assert gives_stamp(channel, f"{secure.url}{STAMP}", 4) is None
        assert secure.requests == []
