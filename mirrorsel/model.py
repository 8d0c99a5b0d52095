"""The frozen values that all rooms speak in.

Each has one lifetime: what the operator wrote (`Mirror`), what probes saw
(`Health`), what one request found (`Candidate`) are three types.
Times are aware and in UTC, durations are seconds, distances kilometres.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


def listed_country(iso: str) -> str:
    """Return a code of ISO 3166-1 as lists write it: lower case, `uk` for GB."""
    code = iso.lower()
    return "uk" if code == "gb" else code


def iso_country(listed: str) -> str:
    """Return a country's code of ISO 3166-1 in lower case: `gb` for `uk`."""
    return "gb" if listed == "uk" else listed


class Kind(StrEnum):
    """The protocol family under which a mirror is listed; https counts as http."""

    HTTP = "http"
    FTP = "ftp"
    RSYNC = "rsync"


class State(StrEnum):
    """What the checker believes of a mirror."""

    UNKNOWN = "unknown"
    """Not probed often enough to tell."""
    UP = "up"
    DOWN = "down"


class Scope(StrEnum):
    """The clients that a mirror with the option ``only=`` serves."""

    COUNTRY = "country"
    CONTINENT = "continent"
    AS = "as"


class Outcome(StrEnum):
    """How a probe ended."""

    OK = "ok"
    TIMEOUT = "timeout"
    """One wait for the network took too long."""
    DEADLINE = "deadline"
    """The whole probe took too long, though data may have trickled in."""
    REFUSED = "refused"
    """The connection was refused, reset or never possible."""
    DNS = "dns"
    TLS = "tls"
    CERT_EXPIRED = "cert_expired"
    STATUS = "status"
    REDIRECTED = "redirected"
    """A redirect to another file name, to plain http, or one too many."""
    TOO_LARGE = "too_large"
    BAD_STAMP = "bad_stamp"
    BAD_SIZE = "bad_size"
    BAD_HASH = "bad_hash"
    ENCODED = "encoded"
    FORBIDDEN_ADDRESS = "forbidden_address"
    PROTOCOL = "protocol"
    """The answer was not HTTP, or broke off."""
    DEFECT = "defect"
    """The probe itself failed, which tells nothing of the mirror."""


class Reason(StrEnum):
    """Why a mirror is not given to a client, in the order in which it is asked."""

    DISABLED = "disabled"
    KIND = "kind"
    """Only http and https mirrors take redirects; ftp and rsync are just listed."""
    NOT_CARRIED = "not_carried"
    REFUSES = "refuses"
    OUT_OF_SCOPE = "out_of_scope"
    SCHEME = "scheme"
    DOWN = "down"
    STALE = "stale"
    MISSING = "missing"
    WRONG_SIZE = "wrong_size"


class How(StrEnum):
    """How a selection was reached; all but the first two are fallback steps."""

    NEAR = "near"
    """The near set of the client's place."""
    ANYWHERE = "anywhere"
    """The client's place is unknown: all candidates are equals."""
    UNPROBED = "unprobed"
    """No mirror is known to be up; this one was never found down."""
    BACKUP = "backup"
    STALE = "stale"
    ORIGIN = "origin"
    PREFERRED = "preferred"
    """The client named a listed mirror."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinates:
    """A place on the earth, in degrees: north and east are positive."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirror:
    """One mirror as the operator listed it."""

    url: str
    """The base URL, ending in ``/``; it is the mirror's identity."""
    kind: Kind = Kind.HTTP
    country: str | None = None
    """Lower case, ``uk`` for the United Kingdom; None for a pseudo-country."""
    backup: bool = False
    contact: str | None = None
    coordinates: Coordinates | None = None
    asn: int | None = None
    prefixes: tuple[str, ...] = ()
    """The parts of the tree that it carries; empty for the whole tree."""
    weight: int = 100
    only: frozenset[Scope] = frozenset()
    refuses: frozenset[str] = frozenset()
    """Countries whose clients it does not serve, written as in `country`."""
    max_share: float | None = None
    """The largest share of a region's clients that it takes, in (0, 1]."""
    ipv4: bool = True
    ipv6: bool = True
    disabled: str | None = None
    """Why the operator took it out of service; None while it is in service."""
    stamp: datetime | None = None
    """The freshness stamp that a published list gives."""
    logo: str = ""
    link: str = ""
    line: int = 0
    """The line of the list, counted from 1; 0 for the built-in Backup."""

    @property
    def https(self) -> bool:
        """Whether its URL is an https one."""
        return self.url.startswith("https:")

    @property
    def host(self) -> str:
        """The host of its URL, with the port where it has one."""
        return self.url.split("/", 3)[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorList:
    """One version of mirrors.list."""

    mirrors: tuple[Mirror, ...]
    dated: datetime | None = None
    """The time in its ``# date :`` header, else the file's time of change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeResult:
    """What one probe of one mirror saw."""

    url: str
    at: datetime
    outcome: Outcome
    family: int | None = None
    """The IP family that was tried last, 4 or 6; None if no address was."""
    stamp: datetime | None = None
    detail: str = ""
    """For a person; may contain text that the mirror sent."""
    seconds: float = 0.0
    certificate_expiry: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What is believed of one mirror after a cycle."""

    state: State = State.UNKNOWN
    since: datetime | None = None
    """When it came into this state."""
    streak: int = 0
    """Good probes in a row, or bad ones as a negative number."""
    stale: bool = False
    stamp: datetime | None = None
    """The newest stamp that was read from it."""
    checked: datetime | None = None
    outcome: Outcome | None = None
    """How the last probe ended; None before the first."""
    detail: str = ""
    seconds: float = 0.0
    ipv4: bool | None = None
    """Whether it answered over IPv4 when last tried; None if never tried."""
    ipv6: bool | None = None
    certificate_expiry: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All that a request needs to know of the mirrors' health."""

    taken: datetime
    """When the cycle ended."""
    vantage: str = ""
    """The name of the place that probed."""
    origin_stamp: datetime | None = None
    frozen: bool = False
    """Whether the last cycle was not believed, so that older states stand."""
    health: Mapping[str, Health] = field(default_factory=dict)
    """By the mirror's URL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a client is, as far as is known."""

    country: str | None = None
    """Lower case, ``uk`` for the United Kingdom."""
    continent: str | None = None
    """AF, AN, AS, EU, NA, OC or SA."""
    coordinates: Coordinates | None = None
    asn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """What is known of a country, for clients and mirrors placed no better."""

    code: str
    """Lower case, ``uk`` for the United Kingdom."""
    name: str
    """In English."""
    continent: str
    centre: Coordinates | None = None
    """The mean place of its people; None for a few countries without towns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """All of a client that selection may look at."""

    location: Location
    network: str = ""
    """Its /24 or /48 network, which decides which of several equals it gets."""
    https: bool = False
    ipv6: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A mirror that a client may be sent to."""

    mirror: Mirror
    health: Health
    cost: float
    """Kilometres and penalties, see `mirrorsel.selection.cost`."""
    how: How
    """The step of the fallback order that admits it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A mirror that a client may not be sent to, and the first reason why."""

    mirror: Mirror
    health: Health
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What one client gets for one target, and what it does not get."""

    target: str
    ranked: tuple[Candidate, ...]
    """The mirrors in the order in which the client should try them."""
    rejections: tuple[Rejection, ...]
    """In the order of the list."""
    how: How
    """How the first of `ranked` was reached."""
