"""Mirrors as the operator listed them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mirrorsel.model.place import Coordinates

USUAL_WEIGHT, HIGHEST_WEIGHT = 100, 10_000
"""The weight of a mirror that is given none, and the largest one."""


class Kind(StrEnum):
    """The protocol family under which a mirror is listed; https counts as http."""

    HTTP = "http"
    FTP = "ftp"
    RSYNC = "rsync"


class Scope(StrEnum):
    """The clients that a mirror with the option ``only=`` serves."""

    COUNTRY = "country"
    CONTINENT = "continent"
    AS = "as"


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
    weight: int = USUAL_WEIGHT
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

    @property
    def families(self) -> tuple[int, ...]:
        """The IP families over which it is meant to be reached, of 4 and 6."""
        meant = {4: self.ipv4, 6: self.ipv6}
        return tuple(one for one, may in meant.items() if may)

    def carries(self, path: str) -> bool:
        """Return whether a file or a folder is of the parts of the tree that it has."""
        return not self.prefixes or f"{path}/".startswith(self.prefixes)


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorList:
    """One version of mirrors.list."""

    mirrors: tuple[Mirror, ...]
    dated: datetime | None = None
    """The time in its ``# date :`` header, else the file's time of change."""
