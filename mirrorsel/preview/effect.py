"""What an edit of the list changes for the world, as one value."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mirrorsel.model import Coordinates, How, Mirror
from mirrorsel.preview.home import Home
from mirrorsel.preview.plan import Edit


class Verdict(StrEnum):
    """What an edit does to a country, in the order in which that is told."""

    WORSE = "worse"
    """Its clients fall back to something worse than before."""
    LOST = "lost"
    """It has no healthy mirror of its own any more."""
    BETTER = "better"
    """Its clients get something better than what they fall back to now."""
    GAINED = "gained"
    """It has a healthy mirror of its own now, where it had none."""
    CHANGED = "changed"
    """Another mirror than before is the one that most of its clients get first."""
    SHIFTED = "shifted"
    """Some of its clients get another mirror, but most get the same as before."""
    SAME = "same"


class Fate(StrEnum):
    """What an edit does to a mirror."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What the clients of one country get from one list."""

    how: How
    first: Mirror
    """The mirror that most of them get first."""
    share: float
    """How many of them get it."""
    equals: tuple[Mirror, ...]
    """All the mirrors among which they are spread."""
    home: Home
    km: float | None
    """How far their first mirrors are, on average; None if that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryEffect:
    """What an edit does to the clients of one country."""

    code: str
    name: str
    place: Coordinates | None
    """The middle of it."""
    share: float
    """How many of all clients they are."""
    before: Outlook
    after: Outlook
    moved: float
    """How many of them get another mirror first."""
    verdict: Verdict
    sampled: bool = False
    """Whether shares are counts of a sample; else they are exact."""

    @property
    def lost_home(self) -> bool:
        """Whether its own mirrors are worse off than before."""
        return self.after.home.rank > self.before.home.rank


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorEffect:
    """What an edit does to one mirror."""

    url: str
    mirror: Mirror
    """As it will be, or as it was if it is removed."""
    fate: Fate
    before: float
    """Which share of all clients gets it first."""
    after: float
    place: Coordinates | None
    """Where it is, if that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """For which clients and files a preview is made."""

    https: bool = False
    ipv6: bool = False
    path: str = ""
    """A file below the mirrors; empty for what only whole mirrors have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a preview stands on, for the reader."""

    weights: str
    """Where the weights of countries come from, in words."""
    taken: datetime | None
    """When the snapshot was taken; None without one."""
    allow_http: bool
    """Whether clients that come by https may get a mirror without it."""
    towns: bool = False
    """Whether clients are in the largest towns, and not in the middle of countries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """All that an edit changes."""

    view: View
    basis: Basis
    edit: Edit
    assumed: tuple[str, ...]
    """The URLs of new mirrors that are taken to be up."""
    moved: float
    """The share of all clients whose first mirror changes."""
    countries: tuple[CountryEffect, ...]
    """All countries: the gravest first, then by the clients that move."""
    mirrors: tuple[MirrorEffect, ...]
    """All mirrors of both lists, and the origin: the largest change of the share
    first."""
    sample: int | None
    """How many networks were tried where shares are not exact; None if all are."""

    @property
    def losses(self) -> tuple[CountryEffect, ...]:
        """The countries for which the edit is a harm."""
        return tuple(self.of(Verdict.WORSE, Verdict.LOST))

    def of(self, *verdicts: Verdict) -> Iterable[CountryEffect]:
        """Return the countries with one of some verdicts."""
        return (one for one in self.countries if one.verdict in verdicts)
