"""The file that says which mirror holds which published file.

It is a line of JSON, `_Head`, then `count` numbers of sets, four bytes each, little
endian, then `sets` times two bit masks of a byte for eight mirrors.
"""

import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from mirrorsel.errors import Problem, StateError
from mirrorsel.state.files import read_state, write_atomic
from mirrorsel.state.formats import decode
from mirrorsel.tree import Absence, Holders

_FORMAT = 1
_NUMBER = 4
_MOST_SETS = 2**26


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    format: int
    lineage: str
    mirrors: tuple[str, ...]
    scanned: dict[str, float]
    waiting: tuple[str, ...]
    count: int
    sets: int
    reached: dict[str, tuple[int, int]] = field(default_factory=dict)


def read_holders(path: Path) -> Holders:
    """Read which mirror holds which file.

    Raises:
        StateError: it is missing, unreadable, damaged or of an unknown format.

    """
    content = read_state(path)
    line, _, rest = content.partition(b"\n")
    head = decode(path, line, _Head, _FORMAT)
    width = _width(head.mirrors)
    split = head.count * _NUMBER
    known = frozenset(head.waiting) <= frozenset(head.mirrors)
    # Without mirrors a set takes no room, so that the size bounds nothing.
    countable = head.count >= 0 and 0 < head.sets <= (1 if not width else _MOST_SETS)
    if not known or not countable or len(rest) != split + 2 * width * head.sets:
        raise StateError(path, Problem(message="is damaged: it is cut short"))
    numbers = array("I", rest[:split])
    if sys.byteorder == "big":
        numbers.byteswap()
    if numbers and max(numbers) >= head.sets:
        raise StateError(path, Problem(message="is damaged: a set is missing"))
    return Holders(
        lineage=head.lineage,
        mirrors=head.mirrors,
        scanned=head.scanned,
        reached=head.reached,
        waiting=frozenset(head.waiting),
        numbers=numbers,
        sets=tuple(_sets(rest[split:], width, head.sets)),
    )


def write_holders(path: Path, holders: Holders) -> None:
    """Replace the file whole.

    Raises:
        StateError: it cannot be written; the old one stands.

    """
    head = _Head(
        format=_FORMAT,
        lineage=holders.lineage,
        mirrors=holders.mirrors,
        scanned=dict(holders.scanned),
        waiting=tuple(sorted(holders.waiting)),
        count=len(holders.numbers),
        sets=len(holders.sets),
        reached=dict(holders.reached),
    )
    numbers = holders.numbers
    if sys.byteorder == "big":
        numbers = array("I", numbers)
        numbers.byteswap()
    width = _width(holders.mirrors)
    masks = (mask.to_bytes(width, "little") for one in holders.sets for mask in one)
    content = (msgspec.json.encode(head), b"\n", numbers.tobytes(), *masks)
    write_atomic(path, b"".join(content))


def _sets(masks: bytes, width: int, count: int) -> Iterator[Absence]:
    for start in range(0, 2 * width * count, 2 * width) if width else range(0):
        middle = start + width
        yield (
            int.from_bytes(masks[start:middle], "little"),
            int.from_bytes(masks[middle : middle + width], "little"),
        )
    if not width:
        yield from [(0, 0)] * count


def _width(mirrors: tuple[str, ...]) -> int:
    return (len(mirrors) + 7) // 8
