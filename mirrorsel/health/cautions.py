"""What should be looked at though a mirror is used."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from mirrorsel.health.policy import HealthPolicy
from mirrorsel.model import Caution, Health, Mirror, Reach, State


def cautions(
    mirror: Mirror, health: Health, now: datetime, policy: HealthPolicy
) -> tuple[Caution, ...]:
    """Return what is to be warned of, in the order of `Caution`.

    Of a mirror that is down there is nothing to warn: it is told as such.
    """
    if health.state is State.DOWN:
        return ()
    found = set(_found(mirror, health, now, policy))
    return tuple(one for one in Caution if one in found)


def _found(
    mirror: Mirror, health: Health, now: datetime, policy: HealthPolicy
) -> Iterator[Caution]:
    shown = health.certificate
    if shown and shown.expiry - now < timedelta(seconds=policy.certificate_within):
        yield Caution.CERTIFICATE
    if not mirror.https and health.https_twin:
        yield Caution.HTTPS_TWIN
    drift = health.drift
    if drift and now - drift.at < timedelta(seconds=policy.drift_told):
        yield drift.caution
    if _is_lame(health.ipv4, health.ipv6):
        yield Caution.IPV4
    if _is_lame(health.ipv6, health.ipv4):
        yield Caution.IPV6
    if health.pace is not None and health.pace > policy.slow_after:
        yield Caution.SLOW


def _is_lame(one: Reach, other: Reach) -> bool:
    return one.up is False and other.up is True
