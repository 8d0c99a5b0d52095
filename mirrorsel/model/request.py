"""What one request found."""

from dataclasses import dataclass
from enum import StrEnum

from msgspec import Struct

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


class Client(Struct, frozen=True, kw_only=True, gc=False):
    """All of a client that selection may look at."""

    location: Location
    network: str = ""
    """Its /24 or /48 network, which decides which of several equals it gets."""
    https: bool = False
    ipv6: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """Where a mirror stands in one client's order, and what put it there."""

    ring: int
    """The ring that it is of, as `RingBound.number`."""
    turn: int
    """When its ring comes in the client's order; the first is 1.

    A ring comes later where the client is beyond the cap of its first mirror, and a
    second time, last, with those that lack the IPv6 of the client.
    """
    score: tuple[float, ...]
    """Its rendezvous score, the highest first: in a large ring, after a number for each
    fork on the way to it."""
    share: float
    """Its part of the weights of the usable mirrors of its ring, which is about the
    part of the ring's clients that get it first."""
    surplus: bool
    """Whether the client is one of those beyond its `max_share`."""
    lacks_ipv6: bool
    """Whether it comes last because the client comes by IPv6."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A mirror that a client may be sent to."""

    mirror: Mirror
    health: Health
    cost: float
    """Kilometres and penalties, see `mirrorsel.selection.cost`."""
    how: How
    """The step of the fallback order that admits it."""
    rank: Rank | None = None
    """None for the origin, which stands in no ring."""
    overrides: tuple[int, ...] = ()
    """Which overrides of the settings add to its cost, counted from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A mirror that a client may not be sent to, and the first reason why."""

    mirror: Mirror
    health: Health
    reason: Reason
    cost: float
    """What it would cost."""
    ring: int | None
    """The ring that it is of; None where not only its health speaks against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RingBound:
    """A ring: listed mirrors that are equals for a client, whatever their health."""

    number: int
    """Counted from the nearest; ring 1 is the near set."""
    backup: bool
    """Whether it is of Backup mirrors, which have rings of their own."""
    anchor: float
    """The cost of its nearest mirror."""
    limit: float
    """The highest cost that is still of this ring."""
    mirrors: int
    """How many mirrors it has."""


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
    rings: tuple[RingBound, ...] = ()
    """From near to far, those of Backup mirrors last."""
    slot: int
    """The client's hash slot, which decides among the equals of a ring."""
