"""The published files, held against what one mirror lists."""

from dataclasses import dataclass

from mirrorsel.listing import Coverage, ListedFile
from mirrorsel.model import Mirror, Presence
from mirrorsel.tree import FileIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What is known of one mirror's files after it was listed."""

    seen: bytes
    """A `Presence` for each number, from 0."""
    held: int
    missing: int
    wrong: int
    """How many files there are of each, of those that it carries."""


class Matching:
    """Takes what a mirror lists, file by file and in any order.

    Args:
        files: The published files.
        mirror: The mirror.
        before: What was known of each file before; None of a mirror that was never
            scanned, which counts as having all that it does not deny.
        told: What a scan that goes on had told before, as `told` gives it. Files that
            came into the index since then are of no interest.

    """

    def __init__(
        self,
        files: FileIndex,
        mirror: Mirror,
        before: bytes | None,
        told: bytes | None = None,
    ) -> None:
        self._files = files
        self._mirror = mirror
        self._before = before
        self._told = bytearray(files.highest() + 1 if told is None else told)
        self._count = len(self._told)

    @property
    def told(self) -> bytes:
        """For each number 0 while nothing was told, else a `Presence` and one."""
        return bytes(self._told)

    def put(self, listed: ListedFile) -> None:
        """Take one file of the mirror."""
        file = self._files.find(listed.path)
        if file is None or file.number >= self._count:
            return
        right = listed.may_have(file.size)
        presence = Presence.HELD if right else Presence.WRONG_SIZE
        self._told[file.number] = presence + 1

    def match(self, coverage: Coverage) -> Matched:
        """Return what the mirror has, by the folders that were listed whole."""
        seen = bytearray(self._count)
        counts = [0, 0, 0]
        for file in self._files.files():
            number = file.number
            if number >= self._count:
                break
            if self._told[number]:
                presence = self._told[number] - 1
            elif self._is_absent(file.path, coverage):
                presence = Presence.MISSING
            else:
                presence = self._as_before(number)
            seen[number] = presence
            counts[presence] += self._mirror.carries(file.path)
        missing, held, wrong = counts
        return Matched(seen=bytes(seen), held=held, missing=missing, wrong=wrong)

    def _is_absent(self, path: str, coverage: Coverage) -> bool:
        return not self._mirror.carries(path) or coverage.lacks(path)

    def _as_before(self, number: int) -> int:
        if self._before is None:
            return Presence.HELD
        return self._before[number] if number < len(self._before) else Presence.MISSING
