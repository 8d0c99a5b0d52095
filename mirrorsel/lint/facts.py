"""What has to be known besides the list to judge it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mirrorsel.model import Coordinates, Country


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFacts:
    """What was found out about a host in the network."""

    places: tuple[tuple[str, str | None], ...] = ()
    """Its addresses, each with the country as in `Mirror.country`, as far as known."""
    failure: str = ""
    """Why it has no address; empty if it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What has to be known besides the list; what is not known makes no problem."""

    countries: Mapping[str, Country] = field(default_factory=dict)
    """All countries by their codes, as in `Mirror.country`."""
    towns: Mapping[str, Sequence[Coordinates]] = field(default_factory=dict)
    """The towns of each country, by the same codes."""
    now: datetime | None = None
    twins: frozenset[str] = frozenset()
    """The URLs of the http mirrors that the checker found to answer by https too."""
    asn_database: bool | None = None
    """Whether clients' autonomous systems are known; None if that cannot be told."""
    allow_http: bool | None = None
    """Whether clients by https may get http mirrors; None if that cannot be told."""
    hosts: Mapping[str, HostFacts] = field(default_factory=dict)
    """What was found out about hosts, by their names as in URLs, in lower case."""
