"""What one request to a mirror or the origin may cost, by the settings."""

from mirrorsel.config.checking import CheckerSettings
from mirrorsel.net import Limits


def limits_of(settings: CheckerSettings) -> Limits:
    """Return the limits that the section `[checker]` sets."""
    return Limits(
        timeout=settings.timeout,
        deadline=settings.deadline,
        private_addresses=settings.private_addresses,
    )
