"""What the public is told of one mirror."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mirrorsel.health import Change
from mirrorsel.model import Caution, Certificate, Coordinates, Kind, Outcome
from mirrorsel.status.days import Day
from mirrorsel.status.holding import Holding


class Standing(StrEnum):
    """How a mirror stands with visitors, the best first."""

    UP = "up"
    STALE = "stale"
    """It answers, with files that are too old."""
    UNKNOWN = "unknown"
    """It was not probed often enough to tell."""
    DOWN = "down"
    DISABLED = "disabled"
    """The operator took it out of service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """Something to be looked at though the mirror is used."""

    caution: Caution
    text: str
    """In words that follow the mirror's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorStatus:
    """One mirror, without anything that is not for the public."""

    slug: str
    """Its name in our own addresses."""
    url: str
    host: str
    kind: Kind
    country: str | None
    """Its code, as lists write it."""
    country_name: str
    """In English; "Backup" for one that stands in everywhere."""
    backup: bool
    place: Coordinates | None
    """Where the list puts it, else the centre of its country."""
    standing: Standing
    since: datetime | None
    """When it came up, or went down; None while neither is known."""
    checked: datetime | None
    outcome: Outcome | None
    """How its last probe ended; None before the first."""
    reason: str
    """The same in words; for a mirror that was never probed, why it was not."""
    remedy: str
    """What its own people can do about it, in a sentence; empty for nothing."""
    story: str
    """What is believed of it and why, and what would change it, in sentences."""
    stamp: datetime | None
    """The newest stamp that was read from it, else the one of the list."""
    behind: float | None
    """Seconds between its stamp and the origin's, never less than 0."""
    share: float | None
    """Its share of all selections, from 0 to 1; None if they are not counted."""
    certificate: Certificate | None
    """The last one that it showed, with an issuer that is fit to be shown."""
    pace: float | None
    """Seconds that a good probe takes on average."""
    ipv4: bool | None
    """Whether it answers over that family; None if that cannot be told."""
    ipv6: bool | None
    warnings: tuple[Warned, ...]
    quarantine: str
    """Why only the operator can bring it back, in words; empty if it is not so."""
    days: tuple[Day, ...]
    """Its past, oldest first."""
    changes: tuple[Change, ...]
    """Its last changes of state, oldest first; the details are not yet fit to be
    shown, see `mirrorsel.status.said`."""
    holding: Holding | None = None
    """What scans saw of its files; None where these are not indexed."""
