"""A piece of a file of the published tree, which a mirror must have too."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mirrorsel.model import Health, Mirror, Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A piece of one file, as it stands in the published tree."""

    path: str
    """The file below the base, not percent-encoded."""
    size: int
    """The bytes of the whole file."""
    start: int
    """Where the piece begins."""
    content: bytes
    """What a mirror must send from `start` on; never empty."""
    head: bytes = b""
    """What a server sends instead that knows no parts: the beginning of the file, as
    long as the piece. Empty where that is not known."""

    @property
    def spot(self) -> Spot:
        """Where it lies."""
        return Spot(path=self.path, start=self.start)


class Samples(Protocol):
    """Whatever knows pieces of files that mirrors must have."""

    def choose(self, mirror: Mirror, health: Health, stamp: datetime) -> Sample | None:
        """Return what a mirror is asked for next; None if nothing is known.

        What was not as published the last time goes before all else, so that one
        wrong file among many good ones is not taken for bad luck.

        Args:
            mirror: The mirror.
            health: What was believed of it before.
            stamp: The freshness stamp that it just gave: what is newer than that it
                need not have.

        """
        ...
