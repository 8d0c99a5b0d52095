"""What one request found."""

from dataclasses import dataclass
from enum import StrEnum

from mirrorsel.model.health import Health
from mirrorsel.model.mirror import Mirror
from mirrorsel.model.place import Location


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
