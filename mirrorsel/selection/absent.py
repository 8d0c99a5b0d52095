"""The mirrors of which is known that they do not have the wanted file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from mirrorsel.model import How, Reason
from mirrorsel.selection.entry import Entry

Steps: TypeAlias = Iterator[tuple[How, Entry]]
"""Mirrors with the step of the fallback order that admits each."""


@dataclass(frozen=True, slots=True)
class Absent:
    """Two sets of mirrors, as bit masks by `Entry.position`."""

    missing: int = 0
    """Who lacks the file."""
    wrong: int = 0
    """Who has a file of that name in another size."""

    def without(self, steps: Steps) -> Steps:
        """Return those who are in neither set."""
        either = self.missing | self.wrong
        if not either:
            return steps
        return (one for one in steps if not either >> one[1].position & 1)

    def present(self, entries: Iterable[Entry]) -> Iterable[Entry]:
        """Return those of some mirrors that are in neither set."""
        either = self.missing | self.wrong
        if not either:
            return entries
        return (one for one in entries if not either >> one.position & 1)

    def why(self, position: int) -> Reason | None:
        """Return in which set a mirror is, as the reason against it."""
        if self.missing >> position & 1:
            return Reason.MISSING
        return Reason.WRONG_SIZE if self.wrong >> position & 1 else None


NOBODY = Absent()
"""All mirrors may have the file."""
