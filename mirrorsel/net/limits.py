"""The limits of one fetch."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a fetch may cost, and where it may go."""

    timeout: float = 10.0
    """Seconds for each wait: for the connection, and for more of the answer."""
    deadline: float = 20.0
    """Seconds for all of it, from the look-up of the name to the last byte."""
    size: int = 4096
    """Bytes of the body."""
    overhead: int = 65536
    """Bytes of each answer beyond those of the body: headers and framing."""
    redirects: int = 3
    families: frozenset[int] = frozenset({4, 6})
    """The IP families that are tried."""
    private_addresses: bool = False
    """Whether it may go to addresses that are not public."""
    authorities: str | None = None
    """A PEM file of certificate authorities; None for those of the Mozilla list."""
