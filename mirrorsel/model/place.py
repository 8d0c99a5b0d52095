"""Places on the earth."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinates:
    """A place on the earth, in degrees: north and east are positive."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a client is, as far as is known."""

    country: str | None = None
    """Lower case, ``uk`` for the United Kingdom."""
    continent: str | None = None
    """AF, AN, AS, EU, NA, OC or SA."""
    coordinates: Coordinates | None = None
    asn: int | None = None
