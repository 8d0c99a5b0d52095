"""Samples from the origin, where the published tree is nowhere on this machine."""

import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from mirrorsel.checker.piece import GRACE, PIECE, WHOLE
from mirrorsel.checker.sample import Sample
from mirrorsel.errors import FetchError
from mirrorsel.model import Health, Mirror, Outcome
from mirrorsel.net import Fetched, Limits, Span, Transport, fetch

_PERIOD = timedelta(hours=1)
_RETRY = timedelta(minutes=5)
# What was not seen again for so long may have become another file.
_KEPT = timedelta(hours=3)
_MIRRORS = 10000
# Of one file.
_PIECES = 2
# What tells that the origin does not have the file, or not as a file.
_LACKING = frozenset(
    {
        Outcome.STATUS,
        Outcome.REDIRECTED,
        Outcome.TOO_LARGE,
        Outcome.SOFT_404,
        Outcome.ENCODED,
    }
)


@dataclass(frozen=True, slots=True)
class _Known:
    """What was last seen of one file."""

    pieces: tuple[Sample, ...]
    seen: datetime
    """When the origin last had it."""
    since: datetime | None = None
    """When it was first seen as another one than before; None if it never was."""


class OriginSamples:
    """Pieces of a few files, as the origin sent them.

    Until `refresh` was called there are none. Any number of threads may choose at
    once, also while another refreshes.

    Args:
        base: The base URL of the origin, http or https.
        paths: The files below it.
        limits: What one fetch from the origin may cost.
        fetch: The transport.
        clock: The time.
        timer: Seconds that only go forward.

    """

    def __init__(  # noqa: PLR0913 - the time and the network are parameters
        self,
        base: str,
        paths: Sequence[str],
        limits: Limits,
        *,
        fetch: Transport = fetch,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._base = base
        self._limits = replace(limits, size=WHOLE)
        self._fetch = fetch
        self._clock = clock
        self._timer = timer
        # A path is due from its time on.
        self._due = dict.fromkeys(paths, datetime.min.replace(tzinfo=UTC))
        self._known: dict[str, _Known] = {}
        self._turns: dict[str, int] = {}
        self._lock = threading.Lock()

    def refresh(self) -> None:
        """Ask the origin again for what was last asked for an hour ago.

        It ends where the origin does not answer, as the other files would have to
        be waited for as long, and where it has answered slowly; what is left is for
        the next time.
        """
        now, end = self._clock(), self._timer() + self._limits.deadline
        for path, due in list(self._due.items()):
            # What is due later than can be is due: the clock was put back.
            if now < due <= now + _PERIOD:
                continue
            if self._timer() >= end or not self._renew(path, now):
                return

    def _renew(self, path: str, now: datetime) -> bool:
        """Ask for one file, and return whether the origin answered."""
        try:
            pieces = self._ask(path)
        except FetchError as error:
            if error.outcome not in _LACKING:
                self._due[path] = now + _RETRY
                return False
            pieces = ()
        self._keep(path, pieces, now)
        self._due[path] = now + _PERIOD
        return True

    def choose(self, mirror: Mirror, health: Health, stamp: datetime) -> Sample | None:
        """Return the next piece, or that which was wrong; each mirror has its turn."""
        pieces = list(self._pieces(mirror, stamp))
        if not pieces:
            return None
        again = [one for one in pieces if one.spot == health.wrong]
        if again:
            return again[0]
        with self._lock:
            if len(self._turns) > _MIRRORS:
                self._turns.clear()
            turn = self._turns.get(mirror.url, zlib.crc32(mirror.url.encode()))
            self._turns[mirror.url] = turn + 1
        return pieces[turn % len(pieces)]

    def _pieces(self, mirror: Mirror, stamp: datetime) -> Iterator[Sample]:
        """Yield what a mirror must have: the beginning of each file goes first."""
        oldest = self._clock() - _KEPT
        with self._lock:
            known = [self._known[path] for path in self._due if path in self._known]
        usable = [
            one.pieces
            for one in known
            if one.seen >= oldest
            and (one.since is None or one.since <= stamp - GRACE)
            and mirror.carries(one.pieces[0].path)
        ]
        for turn in range(_PIECES):
            yield from (pieces[turn] for pieces in usable if turn < len(pieces))

    def _keep(self, path: str, pieces: tuple[Sample, ...], now: datetime) -> None:
        with self._lock:
            before = self._known.pop(path, None)
            if pieces:
                same = before is None or before.pieces == pieces
                since = before.since if before is not None else None
                since = since if same else now
                self._known[path] = _Known(pieces=pieces, seen=now, since=since)

    def _ask(self, path: str) -> tuple[Sample, ...]:
        """Return all of a small file, or two pieces of a large one, or nothing."""
        head = self._get(path, Span(0, WHOLE))
        size = head.size
        if size is None or head.start or len(head.body) != min(size, WHOLE) or not size:
            return ()
        if size <= WHOLE:
            return (Sample(path=path, size=size, start=0, content=head.body),)
        first = Sample(path=path, size=size, start=0, content=head.body[:PIECE])
        middle = (size - PIECE) // 2
        found = self._get(path, Span(middle, PIECE))
        if (found.start, found.size, len(found.body)) != (middle, size, PIECE):
            return (first,)
        start = first.content
        return (first, replace(first, start=middle, content=found.body, head=start))

    def _get(self, path: str, span: Span) -> Fetched:
        return self._fetch(self._base + quote(path), self._limits, span=span)
