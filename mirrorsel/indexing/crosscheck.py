"""What hash files say, held against the files themselves."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeAlias

from mirrorsel.indexing.claims import Claim
from mirrorsel.indexing.store import Store
from mirrorsel.model import joined

_Known: TypeAlias = tuple[bytes, bytes, str]
_CLAIMED = """
SELECT file.number, file.sha256, file.sha512, file.disputed, digest,
    holder.path, source.name
FROM claim
JOIN folder ON folder.path = claim.folder
JOIN file ON file.folder = folder.id AND file.name = claim.name
JOIN file AS source ON source.number = claim.source
JOIN folder AS holder ON holder.id = source.folder
ORDER BY file.number, holder.path, source.name, digest
"""
_UNCLAIMED = """
SELECT number FROM file JOIN folder ON folder.id = file.folder
WHERE {} AND NOT EXISTS (SELECT 1 FROM claim
    WHERE claim.folder = folder.path AND claim.name = file.name)
"""
_DISPUTED = """
SELECT path, file.name, disputed FROM file JOIN folder ON folder.id = file.folder
WHERE disputed <> '' ORDER BY path, file.name LIMIT ?
"""
_EXAMPLES = 100
# Of a file that thousands contradict, a text of them all would be in each page of it.
_TOLD = 5
_SET = "UPDATE file SET sha256 = ?, sha512 = ?, disputed = ? WHERE number = ?"
_CLEARED = {
    True: ("disputed <> ''", "UPDATE file SET disputed = '' WHERE number = ?"),
    False: (
        "(disputed <> '' OR sha256 <> x'' OR sha512 <> x'')",
        "UPDATE file SET disputed = '', sha256 = x'', sha512 = x'' WHERE number = ?",
    ),
}
"""By whether files are hashed: which of those that nothing is said of know too much,
and what mends them."""
_NAMES = {32: "SHA-256", 64: "SHA-512"}


@dataclass(frozen=True, slots=True)
class Said:
    """One hash of one file, and where it is published."""

    source: str
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """A file that a hash file contradicts."""

    path: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What hash files say of the files that they tell of."""

    confirmed: int
    """How many files they have right."""
    disputed: int
    """How many they contradict."""
    examples: tuple[Disputed, ...]
    """The first of those, by path."""


def keep_claims(store: Store, number: int, claims: Iterable[Claim]) -> None:
    """Keep what a hash file says, in the place of what it said before."""
    store.database.run("DELETE FROM claim WHERE source = ?", number)
    rows = ((number, *_split(one.path), one.digest) for one in claims)
    store.database.many("INSERT INTO claim VALUES (?, ?, ?, ?)", rows)


def crosscheck(store: Store, *, hashed: bool) -> Checked:
    """Hold all files against what is said of them.

    Args:
        store: Where files and claims are; disputes are noted there.
        hashed: Whether the files themselves were hashed. Otherwise what is said of
            them is believed, as long as it is one thing.

    """
    database = store.database
    counts, changes = Counter[bool](), []
    for number, rows in groupby(database.rows(_CLAIMED), key=itemgetter(0)):
        before, now = _compared(list(rows), hashed=hashed)
        counts[bool(now[2])] += 1
        if before != now:
            changes.append((*now, number))
    which, mend = _CLEARED[hashed]
    cleared = list(database.rows(_UNCLAIMED.format(which)))
    database.many(_SET, changes)
    database.many(mend, cleared)
    if changes or cleared:
        store.mark()
    return Checked(
        confirmed=counts[False],
        disputed=counts[True],
        examples=tuple(
            Disputed(path=joined(folder, name), why=why)
            for folder, name, why in database.rows(_DISPUTED, _EXAMPLES)
        ),
    )


def dispute(sha256: bytes, sha512: bytes, said: Iterable[Said]) -> str:
    """Return what contradicts a file's hashes, or itself, in words; empty if nothing.

    Args:
        sha256: Of the file; empty where it was not hashed.
        sha512: Likewise.
        said: What hash files say of it.

    """
    known = {32: sha256, 64: sha512}
    wrong = []
    for one in said:
        size = len(one.digest)
        right = known[size] = known[size] or one.digest
        if one.digest != right:
            wrong.append(f"{one.source} has another {_NAMES[size]}")
    told = list(dict.fromkeys(wrong))
    more = len(told) - _TOLD
    return "; ".join(told[:_TOLD] + ([f"and {more} more"] if more > 0 else []))


def _compared(rows: list[tuple[Any, ...]], *, hashed: bool) -> tuple[_Known, _Known]:
    """Return hashes and dispute of a file, as they were and as they are to be."""
    _, sha256, sha512, disputed, *_ = rows[0]
    said = [Said(joined(row[5], row[6]), row[4]) for row in rows]
    before = sha256, sha512, disputed
    if not hashed:
        found = {len(one.digest): one.digest for one in reversed(said)}
        sha256, sha512 = found.get(32, b""), found.get(64, b"")
    return before, (sha256, sha512, dispute(sha256, sha512, said))


def _split(path: str) -> tuple[str, str]:
    folder, _, name = path.rpartition("/")
    return folder, name
