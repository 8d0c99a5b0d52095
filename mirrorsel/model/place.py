"""Places on the earth.

They are made for each request, and a `Struct` is made several times as fast as a
frozen dataclass.
"""

from msgspec import Struct


class Coordinates(Struct, frozen=True, kw_only=True, gc=False):
    """A place on the earth, in degrees: north and east are positive."""

    latitude: float
    longitude: float


class Location(Struct, frozen=True, kw_only=True, gc=False):
    """Where a client is, as far as is known."""

    country: str | None = None
    """Lower case, ``uk`` for the United Kingdom."""
    continent: str | None = None
    """AF, AN, AS, EU, NA, OC or SA."""
    coordinates: Coordinates | None = None
    asn: int | None = None
