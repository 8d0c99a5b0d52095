"""What is believed of mirrors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mirrorsel.model.probe import Certificate, Outcome


class State(StrEnum):
    """What the checker believes of a mirror."""

    UNKNOWN = "unknown"
    """Not probed often enough to tell."""
    UP = "up"
    DOWN = "down"


class Caution(StrEnum):
    """What should be looked at though the mirror is used."""

    CERTIFICATE = "certificate"
    """Its certificate ends soon."""
    HTTPS_TWIN = "https_twin"
    """It is listed by http, and answers by https as well."""
    ISSUER = "issuer"
    """Somebody else than before issued its certificate."""
    TARGET = "target"
    """It redirects to another host than before."""
    IPV6 = "ipv6"
    """It has an IPv6 address at which it does not answer."""
    IPV4 = "ipv4"
    """It has an IPv4 address at which it does not answer."""
    SLOW = "slow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What is believed of a mirror over one IP family."""

    up: bool | None = None
    """None while that cannot be told, or if it has no address of the family."""
    streak: int = 0
    """Answers in a row, or failures as a negative number."""
    outcome: Outcome | None = None
    """How the last attempt ended."""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """Something about a mirror that became another thing while it worked."""

    caution: Caution
    """ISSUER or TARGET."""
    at: datetime
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place in a file of the published tree."""

    path: str
    """The file below the base."""
    start: int


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
    """How long the last probe took."""
    pace: float | None = None
    """A smoothed mean of the seconds that good probes took; None before one."""
    ipv4: Reach = Reach()
    ipv6: Reach = Reach()
    certificate: Certificate | None = None
    """The last that it showed with good content."""
    target: str = ""
    """The host that answered when the content was last good."""
    https_twin: bool | None = None
    """Whether an http mirror is there by https too, when that was last asked."""
    drift: Drift | None = None
    """The last drift, for as long as it is told."""
    quarantine: str = ""
    """Why only the operator can bring it back, in words; empty if it is not so."""
    wrong: Spot | None = None
    """What was not as published when it was last compared; None if all was well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All that is believed of the mirrors after one cycle."""

    taken: datetime
    """When the cycle ended."""
    vantage: str = ""
    """The name of the place that probed."""
    origin: Health = Health()
    """What is believed of the origin, by the same rules as of a mirror."""
    frozen_since: datetime | None = None
    """Since when cycles are not believed, so that older states stand."""
    health: Mapping[str, Health] = field(default_factory=dict)
    """By the mirror's URL."""

    @property
    def origin_stamp(self) -> datetime | None:
        """The newest stamp that was read from the origin."""
        return self.origin.stamp

    @property
    def frozen(self) -> bool:
        """Whether the last cycle was not believed."""
        return self.frozen_since is not None
