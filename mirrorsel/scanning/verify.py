"""The files of a mirror, held against the hashes of the published ones."""

import hashlib
import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import quote

from mirrorsel.errors import FetchError
from mirrorsel.model import Mirror, Outcome, Pieces, PublishedFile
from mirrorsel.net import TRANSPORTS, Limits, Span
from mirrorsel.net.statuses import NOT_THERE
from mirrorsel.scanning.look import limits_for
from mirrorsel.tree import FileIndex

_LARGEST = 16 * 2**20
# As of a mirror that is slow but not useless.
_SECONDS = 300.0


class Verdict(StrEnum):
    """What came of one comparison."""

    SAME = "same"
    DIFFERENT = "different"
    MISSING = "missing"
    UNKNOWN = "unknown"
    """It could not be compared."""
    FAILED = "failed"
    """The mirror did not send it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """One file of a mirror."""

    path: str
    verdict: Verdict
    detail: str
    """What was compared, or what is wrong; may contain text that the mirror sent."""
    bytes: int = 0
    """How many were compared."""


def drawn(
    files: FileIndex,
    wanted: Callable[[PublishedFile], bool],
    count: int,
    chance: random.Random,
) -> tuple[PublishedFile, ...]:
    """Return some files by chance, in the order of their paths."""
    chosen = heapq.nsmallest(
        count,
        ((chance.random(), one.number, one) for one in files.files() if wanted(one)),
    )
    return tuple(sorted((one for *_, one in chosen), key=lambda one: one.path))


def verify(
    mirror: Mirror,
    file: PublishedFile,
    pieces: Pieces | None,
    limits: Limits,
    chance: random.Random,
) -> Verified:
    """Get a file, or one piece of a large one, and compare its hash."""
    span = None
    if file.size is None or file.size > _LARGEST:
        span = _piece(file, pieces, chance)
        if span is None:
            detail = "too large to be compared without hashes of its pieces"
            return Verified(path=file.path, verdict=Verdict.UNKNOWN, detail=detail)
    limits = replace(limits_for(mirror, limits), size=file.size or 0, deadline=_SECONDS)
    url = mirror.url + quote(file.path)
    try:
        fetched = TRANSPORTS[mirror.kind](url, limits, span=span)
    except FetchError as error:
        return _of_failure(file, error)
    if span is None or pieces is None:
        return _whole(file, fetched.body)
    return _part(
        file, pieces, span, fetched.body if fetched.start == span.start else b""
    )


def _piece(
    file: PublishedFile, pieces: Pieces | None, chance: random.Random
) -> Span | None:
    """Return where a piece of a file is that has a hash of its own."""
    if pieces is None or file.size is None or pieces.length > _LARGEST:
        return None
    start = chance.randrange(pieces.count) * pieces.length
    return Span(start, min(pieces.length, file.size - start))


def _whole(file: PublishedFile, body: bytes) -> Verified:
    known = file.sha512 or file.sha256
    kind = "sha512" if file.sha512 else "sha256"
    same = hashlib.new(kind, body).digest() == known
    detail = f"all of it, by its {kind}" if same else _difference(file, body, kind)
    verdict = Verdict.SAME if same else Verdict.DIFFERENT
    return Verified(path=file.path, verdict=verdict, detail=detail, bytes=len(body))


def _difference(file: PublishedFile, body: bytes, kind: str) -> str:
    if file.size not in {None, len(body)}:
        return f"{len(body)} bytes, not {file.size}"
    return f"the right size, and another {kind}"


def _part(file: PublishedFile, pieces: Pieces, span: Span, body: bytes) -> Verified:
    number = span.start // pieces.length
    if not body:
        detail = "the mirror sends no parts of files, and it is too large as a whole"
        return Verified(path=file.path, verdict=Verdict.UNKNOWN, detail=detail)
    same = hashlib.sha256(body).digest() == pieces.digest(number)
    detail = f"piece {number + 1}, from byte {span.start} on"
    return Verified(
        path=file.path,
        verdict=Verdict.SAME if same else Verdict.DIFFERENT,
        detail=detail if same else f"{detail}, has another sha256",
        bytes=len(body),
    )


def _of_failure(file: PublishedFile, error: FetchError) -> Verified:
    verdict, detail = Verdict.FAILED, error.detail
    if error.outcome == Outcome.STATUS and error.status in NOT_THERE:
        verdict = Verdict.MISSING
    elif error.outcome in {Outcome.TOO_LARGE, Outcome.BAD_SIZE, Outcome.SOFT_404}:
        verdict = Verdict.DIFFERENT
    return Verified(path=file.path, verdict=verdict, detail=detail)
