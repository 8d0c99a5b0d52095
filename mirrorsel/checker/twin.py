"""The same mirror by https, where it is listed by http."""

from urllib.parse import urlsplit

from mirrorsel.checker.channel import Channel
from mirrorsel.checker.stamp import read_stamp
from mirrorsel.errors import FetchError
from mirrorsel.model import Health, Kind, Mirror

# At the shipped period of five minutes, once a day.
_EVERY = 288


def is_asked(mirror: Mirror, health: Health) -> bool:
    """Return whether a mirror that works is due to be asked for its https twin."""
    if mirror.kind is not Kind.HTTP or mirror.https or health.streak < 0:
        return False
    never = health.https_twin is None and health.streak > 0
    return never or health.streak % _EVERY == 0


def twin_of(url: str, port: int | None) -> str | None:
    """Return the https URL of an http mirror; None if it has no such twin.

    Args:
        url: The mirror's base URL. One with a port has no twin: another port would be
            another server, for all that is known.
        port: The port at which any twin is, whatever the URL says; None for the
            default one.

    """
    parts = urlsplit(url)
    if parts.port is not None and port is None:
        return None
    host = parts.netloc.removesuffix(f":{parts.port}")
    server = host if port is None else f"{host}:{port}"
    return parts._replace(scheme="https", netloc=server).geturl()


def gives_stamp(channel: Channel, url: str, family: int) -> bool | None:
    """Return whether a stamp is to be had; None if there was no time to ask.

    Args:
        channel: The way to the host.
        url: The URL of the stamp.
        family: The IP family over which it is asked.

    """
    if channel.deadline.is_over:
        return None
    try:
        return read_stamp(channel.fetch(url, family).body) is not None
    except FetchError:
        return False
