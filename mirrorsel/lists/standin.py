"""What is used until there is a good list."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mirrorsel.errors import ListError
from mirrorsel.lists.file import load, require
from mirrorsel.model import MirrorList


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """Mirrors in the place of those of a list that never was good."""

    mirrors: MirrorList
    about: str
    """Which they are, for a person."""


def stand_in(list_file: Path, last_good: Path) -> StandIn:
    """Return the last good list, else the good lines of the list, else nothing.

    Args:
        list_file: The list, which has errors or is missing.
        last_good: The copy of the last good one that the checker kept.

    """
    with suppress(ListError):
        good = require(last_good)
        return StandIn(mirrors=good, about=f"the last good one, {last_good}")
    with suppress(ListError):
        return StandIn(mirrors=load(list_file).list, about="its good lines")
    return StandIn(mirrors=MirrorList(mirrors=()), about="a list without any mirror")
