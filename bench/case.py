"""What is compared: the values of which the tables of scenarios are made."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

FILE = "httpd/httpd-2.4.66.tar.gz"
GET = f"/get/{FILE}"


class Clients(StrEnum):
    """Who asks, as far as the trusted proxy says."""

    ONE = "one client"
    NETWORKS = "10,000 client networks"
    """The busiest has a tenth of all requests: Zipf's law with exponent 1."""
    RANDOM = "each request a new client"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One kind of request."""

    name: str
    path: str
    status: int
    method: str = "GET"
    against: str = GET
    """What the empty application is asked for meanwhile."""


REDIRECT = Ask(name="redirect", path=GET, status=302)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """How the server is set up."""

    embedded: bool = False
    """Whether httpd's own processes answer, without daemon processes."""
    mirrors: int = 100
    city: bool = False
    """Whether a City database places clients, not the embedded country table."""
    index: bool = False
    """Whether the published files are indexed."""
    probing: bool = False
    """Whether the checker runs, on mirrors that do answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How the server is loaded."""

    connections: int = 16
    keep_alive: bool = True
    clients: Clients = Clients.ONE
    paths: Path | None = None
    """A file of paths, of which each request asks for one by chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One line of the table of scenarios."""

    name: str
    """In what it differs from the base case."""
    ask: Ask = REDIRECT
    site: Site = Site()
    load: Load = Load()
    reloading: bool = False
    """Whether list and snapshot are replaced all the time."""
    bar: float | None = None
    """The least part of the empty application's rate that is asked for."""
    calm: bool = False
    """Whether it has to keep the bound of the 99th percentile."""
