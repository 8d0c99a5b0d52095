"""The https twin of an http mirror, on loopback."""

from dataclasses import replace

import pytest

from mirrorsel.model import Health, Mirror, Outcome
from tests import loopback
from tests.loopback import Authority, Behaviour, Loopback, answer, stamped
from tests.probing import LIMITS, probe, prober


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
