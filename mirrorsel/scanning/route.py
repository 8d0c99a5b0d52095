"""The scan of a mirror by the best list of its host."""

import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mirrorsel.errors import FetchError
from mirrorsel.model import Mirror, Presence, PublishedFile
from mirrorsel.scanning.host import Lines
from mirrorsel.scanning.look import look_at
from mirrorsel.scanning.run import Assignment
from mirrorsel.scanning.scan import Scan, Scanner, UnscannableError
from mirrorsel.tree import FileIndex

MOST = 200
"""How many files that another list denies are asked for one by one; where it denies
more, it is not the mirror's list."""
_SAMPLE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How a mirror by HTTP is scanned whose host has lines by other protocols.

    A list by rsync is one request, and not one for each folder, with exact sizes. But
    nobody knows whether both lines lead to the same files: so the mirror itself is
    asked, by HTTP, for each file that the list denies or has in another size, and for
    a sample of the others. At one answer that is not as the list says, or none, the
    mirror's own lists count.
    """

    scanner: Scanner
    lines: Lines = field(default_factory=Lines)
    chance: random.Random = field(default_factory=random.SystemRandom)
    """Chooses the sample."""

    def scan(self, assignment: Assignment) -> Scan:
        """Scan a mirror; the rest is as of `Scanner.scan`."""
        found = self._by_other(self.lines.rsync, assignment)
        if found is not None:
            return found
        try:
            return self.scanner.scan(assignment)
        except UnscannableError:
            # Its lists are the mirror's own word, and so come before those by FTP.
            found = self._by_other(self.lines.ftp, assignment)
            if found is None:
                raise
            return found

    def _by_other(self, line: Mirror | None, assignment: Assignment) -> Scan | None:
        if line is None:
            return None
        mirror = assignment.mirror
        listed = replace(line, prefixes=mirror.prefixes)
        try:
            scan = self.scanner.scan(replace(assignment, mirror=listed))
        except FetchError:
            return None
        asked = self._to_ask(scan.matched.seen, mirror, assignment.files)
        if asked is None or not self._bears_out(scan.matched.seen, mirror, asked):
            return None
        return replace(scan, url=mirror.url)

    def _to_ask(
        self, seen: bytes, mirror: Mirror, files: FileIndex
    ) -> Sequence[PublishedFile] | None:
        """Return the files that the mirror is asked for; None if there are too many."""
        denied: list[PublishedFile] = []
        held = _Sample(self.chance)
        for file in files.files():
            if file.number >= len(seen):
                break
            if not mirror.carries(file.path):
                continue
            if seen[file.number] == Presence.HELD:
                held.offer(file)
            else:
                denied.append(file)
            if len(denied) > MOST:
                return None
        return [*denied, *held.files, *held.newest]

    def _bears_out(
        self, seen: bytes, mirror: Mirror, asked: Sequence[PublishedFile]
    ) -> bool:
        scanner = self.scanner
        looked = look_at(
            mirror, asked, scanner.limits, scanner.reach.pause, scanner.stop
        )
        if looked.failure is not None or len(looked.found) < len(asked):
            return False
        return all(seen[number] == one for number, one in looked.found.items())


class _Sample:
    """A few of many files: the newest, and others, each as likely as the next."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._count = 0
        self.files: list[PublishedFile] = []
        self.newest: deque[PublishedFile] = deque(maxlen=_SAMPLE)

    def offer(self, file: PublishedFile) -> None:
        """Take the next file, in the order of their numbers, or leave it."""
        older = self.newest[0] if len(self.newest) == _SAMPLE else None
        self.newest.append(file)
        if older is None:
            return
        self._count += 1
        if len(self.files) < _SAMPLE:
            self.files.append(older)
        elif (place := self._chance.randrange(self._count)) < _SAMPLE:
            self.files[place] = older
