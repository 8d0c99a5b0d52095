"""One scan under way: what is asked of it, and what it has seen so far."""

from collections.abc import Callable
from dataclasses import dataclass

from mirrorsel.listing import Coverage, ListedFile
from mirrorsel.model import Mirror
from mirrorsel.scanning.matching import Matching
from mirrorsel.state.underway import Underway
from mirrorsel.tree import FileIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One mirror that is to be scanned."""

    mirror: Mirror
    files: FileIndex
    """The published files."""
    before: bytes | None = None
    """What was known of each file; None if the mirror was never scanned."""
    seen: Callable[[ListedFile], None] = lambda _: None
    """Is told of each file that the mirror lists."""


class Run:
    """What one scan has seen so far.

    Args:
        assignment: What it is to do.
        now: The present, in seconds of Unix time.
        begun: How far a scan before has come, where this one goes on; None where it
            begins.

    """

    def __init__(
        self, assignment: Assignment, now: float, begun: Underway | None
    ) -> None:
        self.assignment = assignment
        self.goes_on = begun is not None
        self.at = begun.at if begun else now
        self.listed = begun.listed if begun else 0
        self.coverage = Coverage()
        if begun is not None:
            self.coverage = Coverage(begun.folders, begun.gone, hides=begun.hides)
        self.matching = Matching(
            assignment.files,
            assignment.mirror,
            assignment.before,
            begun.told if begun else None,
        )

    @property
    def is_covered(self) -> bool:
        """Whether anything is known for sure."""
        return bool(self.coverage.folders or self.coverage.gone)

    def take(self, file: ListedFile) -> None:
        """Take one file that the mirror lists."""
        self.listed += 1
        self.matching.put(file)
        self.assignment.seen(file)

    def underway(self) -> Underway:
        """Return how far it has come."""
        return Underway(
            url=self.assignment.mirror.url,
            lineage=self.assignment.files.about.lineage,
            prefixes=self.assignment.mirror.prefixes,
            at=self.at,
            listed=self.listed,
            folders=self.coverage.folders,
            gone=tuple(self.coverage.gone),
            hides=self.coverage.hides,
            told=self.matching.told,
        )
