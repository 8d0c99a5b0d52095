"""What is warned of."""

from datetime import UTC, datetime, timedelta

import pytest

from mirrorsel.health import HealthPolicy, cautions
from mirrorsel.model import (
    Caution,
    Certificate,
    Drift,
    Health,
    Mirror,
    Reach,
    State,
)

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
POLICY = HealthPolicy()
UP, LAME = Reach(up=True), Reach(up=False)


def ending(days: float) -> Certificate:
    """Return a certificate that ends in so many days."""
    return Certificate(expiry=NOW + timedelta(days=days), issuer="CA")


def drifted(caution: Caution, days: float) -> Drift:
    """Return a drift of so many days ago."""
    at = NOW - timedelta(days=days)
    return Drift(caution=caution, at=at, before="a", after="b")


@pytest.mark.parametrize(
    ("health", "expected"),
    [
        pytest.param(Health(), [], id="never-probed"),
        pytest.param(Health(certificate=ending(15)), [], id="long-certificate"),
        pytest.param(
            Health(certificate=ending(13)),
            [Caution.CERTIFICATE],
            id="short-certificate",
        ),
        pytest.param(
            Health(certificate=ending(-1)),
            [Caution.CERTIFICATE],
            id="ended-certificate",
        ),
        pytest.param(Health(https_twin=True), [Caution.HTTPS_TWIN], id="twin"),
        pytest.param(Health(https_twin=False), [], id="no-twin"),
        pytest.param(
            Health(drift=drifted(Caution.ISSUER, 6)), [Caution.ISSUER], id="issuer"
        ),
        pytest.param(
            Health(drift=drifted(Caution.TARGET, 6)), [Caution.TARGET], id="target"
        ),
        pytest.param(Health(drift=drifted(Caution.ISSUER, 8)), [], id="old-drift"),
        pytest.param(Health(ipv4=UP, ipv6=LAME), [Caution.IPV6], id="dead-ipv6"),
        pytest.param(Health(ipv4=LAME, ipv6=UP), [Caution.IPV4], id="dead-ipv4"),
        pytest.param(Health(ipv4=LAME, ipv6=LAME), [], id="dead-by-both"),
        pytest.param(Health(ipv4=UP), [], id="no-ipv6"),
        pytest.param(Health(pace=5.1), [Caution.SLOW], id="slow"),
        pytest.param(Health(pace=4.9), [], id="not-slow"),
        pytest.param(
            Health(pace=6, https_twin=True, certificate=ending(1)),
            [Caution.CERTIFICATE, Caution.HTTPS_TWIN, Caution.SLOW],
            id="all-in-order",
        ),
        pytest.param(Health(state=State.DOWN, pace=9), [], id="down"),
    ],
)
def test_cautions(health: Health, expected: list[Caution]) -> None:
    """Each caution has its own cause, and a mirror that is down has none."""
    mirror = Mirror(url="http://m.example/")

    assert expected == list(cautions(mirror, health, NOW, POLICY))


def test_https_mirrors_have_no_twin() -> None:
    """A mirror that was moved to https in the list is not warned of any more."""
    mirror = Mirror(url="https://m.example/")

    assert cautions(mirror, Health(https_twin=True), NOW, POLICY) == ()
