"""What is right to answer, by all that is known of tree, mirrors and scans."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.soak.files.copies import Copy
from tests.soak.files.record import Record
from tests.soak.files.watch import Watch

LATE = 8.0
"""Seconds that processes have to take up what was written; they look twice a second,
and a machine may be busy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One answer, and what the mirror gave to which it led."""

    path: str
    began: float
    ended: float
    status: int
    copy: Copy | None
    """The mirror that was named; None for the origin, and where none was."""
    got: int | None = None
    """How many bytes came from there; None where it did not answer with 200."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Holds answers against what there was."""

    tree: Record
    watch: Watch
    settled: float
    """When all mirrors were known."""

    def complaints(self, seen: Seen) -> Iterator[str]:
        """Yield what is wrong with an answer."""
        if not self._may_be(seen):
            yield f"{seen.path}: status {seen.status}"
        if seen.copy is not None:
            yield from self._of_mirror(seen, seen.copy)

    def _may_be(self, seen: Seen) -> bool:
        span = (seen.path, seen.began - LATE, seen.ended)
        tree, editions = self.tree.sizes(*span), self.watch.editions.sizes(*span)
        if None not in tree:
            return seen.status == 302
        if tree | editions == {None}:
            return seen.status == 404
        return seen.status in {302, 404}

    def _of_mirror(self, seen: Seen, copy: Copy) -> Iterator[str]:
        name = copy.life.name
        if copy.life.pages:
            if seen.began > self.settled:
                yield f"{seen.path}: sent to a mirror that has nothing but a page"
            return
        scan = self.watch.scanned(copy.url, seen.began - LATE)
        # Nobody can know better of those who lie, or say nothing.
        if scan is None or not copy.life.is_honest:
            return
        held = copy.record.sizes(seen.path, min(scan, seen.began), seen.ended)
        if held == {None}:
            yield f"{seen.path}: {name} lacked it since before its scan"
        if seen.got is not None and seen.got not in self._right(seen):
            yield f"{seen.path}: {name} has {seen.got} bytes"

    def _right(self, seen: Seen) -> frozenset[int | None]:
        span = (seen.path, seen.began - LATE, seen.ended)
        return self.tree.sizes(*span) | self.watch.editions.sizes(*span)
