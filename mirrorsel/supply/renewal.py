"""What came of renewing one database."""

from dataclasses import dataclass
from pathlib import Path

from mirrorsel.geo import About

# A maker never loses half of its networks from one time to the next.
_LEAST = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """The newest database was in place already."""

    about: About


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """The newest database is in place now."""

    about: About
    before: About | None
    """None where there was none."""
    kept: Path
    """Where the one before is kept, if there was one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """The newest database is worth a doubt; what was in place still is."""

    about: About
    why: str


Renewal = Current | Replaced | Doubted
"""What came of it, where nothing went wrong."""


def doubt(before: About, after: About) -> str:
    """Return why a database should not take the place of another; empty if it may.

    Those of different types cannot be compared: that the type changes is the
    operator's will.
    """
    if before.type != after.type:
        return ""
    if after.built < before.built:
        return "it is older than the one in place"
    if after.nodes < before.nodes * _LEAST:
        return (
            f"it has {after.nodes:,} nodes, where the one in place has {before.nodes:,}"
        )
    return ""
