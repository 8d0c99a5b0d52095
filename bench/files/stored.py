"""Indexes of generated paths, without files on a disk, and who holds which."""

import hashlib
import random
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from bench.files.paths import IN_A_PROJECT, paths, size
from mirrorsel.indexing.store import Facts, Store
from mirrorsel.model import Presence
from mirrorsel.state import StateFolder
from mirrorsel.state.holders import write_holders
from mirrorsel.tree import FileIndex, Holders

_MODIFIED = 1_795_000_000
_COUNTRIES = ("de", "fr", "us", "jp", "br", "za", "au", "uk", "in", "ca")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What making an index took, in seconds."""

    work: float
    """Writing the indexer's own copy."""
    edition: float
    """Giving readers an edition of it."""
    fold: float
    """Taking in what one scan saw, on an average."""
    holders: float
    """Writing down who holds what."""
    sets: int
    """How many sets of mirrors tell all files apart."""


def url_of(mirror: int) -> str:
    """Return the base URL of a mirror by its number."""
    return f"https://m{mirror}.example/"


def mirrors_list(count: int) -> str:
    """Return a list of mirrors from all over the world."""
    lines = [
        f"http {_COUNTRIES[number % len(_COUNTRIES)]} {url_of(number)} -"
        for number in range(count)
    ]
    return "\n".join([*lines, "http Backup https://backup.example/", ""])


def make_index(state: StateFolder, count: int, mirrors: int) -> Made:
    """Fill a state folder with an index, and with what scans of mirrors saw."""
    state.index.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    with closing(Store(state.work, "/srv/dist")) as store:
        for number, one in enumerate(paths(count)):
            store.put(one, _facts(one, size(number)))
        store.commit()
        written = time.perf_counter()
        store.publish(state.files, _MODIFIED)
        published = time.perf_counter()
    with closing(FileIndex(state.files)) as files:
        holders = Holders(lineage=files.about.lineage)
    for number in range(mirrors):
        seen = seen_on(number, count)
        holders = holders.with_scan(url_of(number), seen, float(_MODIFIED))
    folded = time.perf_counter()
    write_holders(state.holders, holders)
    return Made(
        work=written - started,
        edition=published - written,
        fold=(folded - published) / max(mirrors, 1),
        holders=time.perf_counter() - folded,
        sets=len(holders.sets),
    )


def seen_on(mirror: int, count: int) -> bytes:
    """Return what a scan sees on a mirror, by the numbers of an index of paths.

    Of ten mirrors six are whole, two are behind, one lacks projects, and one has
    files of other sizes here and there.
    """
    chance = random.Random(mirror)
    # Numbers are counted from 1.
    seen = bytearray([Presence.HELD]) * (count + 1)
    match mirror % 10:
        case 6 | 7:
            _lose(seen, count + 1 - chance.randrange(count // 100 + 2), count + 1)
        case 8:
            for _ in range(5):
                start = chance.randrange(count // IN_A_PROJECT + 1) * IN_A_PROJECT + 1
                _lose(seen, start, start + IN_A_PROJECT)
        case 9:
            for _ in range(50):
                seen[chance.randrange(count + 1)] = Presence.WRONG_SIZE
        case _:
            pass
    return bytes(seen)


def artefacts(count: int) -> Sequence[str]:
    """Return the paths of artefacts from all over the tree, no signatures or hashes."""
    return [one for one in paths(count) if one.endswith(".gz")]


def _lose(seen: bytearray, start: int, stop: int) -> None:
    stop = min(stop, len(seen))
    seen[start:stop] = bytes(max(stop - start, 0))


def _facts(one: str, length: int) -> Facts:
    digest = hashlib.sha512(one.encode()).digest()
    return Facts(size=length, modified=_MODIFIED, sha256=digest[:32], sha512=digest)
