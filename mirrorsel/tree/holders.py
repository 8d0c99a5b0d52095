"""Which mirror holds which published file, as one value.

For each file there is the number of a *set*: who lacks it, and who has it in
another size. Mirrors that follow the same origin hold the same, so that a million
files need few sets, and a file takes four bytes however many mirrors there are.
"""

from array import array
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar

from mirrorsel.model import Presence

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

Absence: TypeAlias = tuple[int, int]
"""Two bit masks by the mirrors' places: who lacks a file, and who has it wrong."""

_NOBODY: Absence = (0, 0)
LONGEST = 2**26
"""The highest number that a file may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """What all scans together saw; a new one is made of each further scan."""

    lineage: str
    """Of which index the files' numbers are."""
    mirrors: tuple[str, ...] = ()
    """The base URLs of the mirrors that were scanned; places are counted from 0."""
    scanned: Mapping[str, float] = field(default_factory=dict)
    """When the last whole scan of each began, in seconds of Unix time."""
    reached: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Below which number lay all files that there were at the scan of each before the
    last, and at the last. Those from the first on are new."""
    waiting: frozenset[str] = frozenset()
    """Mirrors of these that must be scanned anew before they serve indexed files."""
    numbers: "array[int]" = field(default_factory=lambda: array("I"))
    """For each file's number, that of its set."""
    sets: tuple[Absence, ...] = (_NOBODY,)

    def absence(self, number: int) -> Absence:
        """Return who lacks a file, and who has it in another size.

        Nobody who was scanned has a file that is newer than all scans.
        """
        if number >= len(self.numbers):
            return (self._all, 0)
        missing, wrong = self.sets[self.numbers[number]]
        return (missing | self._kept_out, wrong)

    def presence(self, url: str, number: int) -> Presence | None:
        """Return what was seen of a file on a mirror; None if it was not scanned."""
        if url not in self.mirrors:
            return None
        place = self.mirrors.index(url)
        if number >= len(self.numbers):
            return Presence.MISSING
        missing, wrong = self.sets[self.numbers[number]]
        return _presence(missing, wrong, place)

    def seen(self, url: str) -> bytes | None:
        """Return what was seen of each file on a mirror, a `Presence` for each number.

        It is None of a mirror that was not scanned.
        """
        if url not in self.mirrors:
            return None
        place = self.mirrors.index(url)
        known = [_presence(*one, place) for one in self.sets]
        return bytes(known[one] for one in self.numbers)

    def with_scan(self, url: str, seen: bytes, at: float) -> "Holders":
        """Return what is known after a whole scan of a mirror.

        Args:
            url: The mirror's base URL.
            seen: A `Presence` for each number, from 0.
            at: When the scan began, in seconds of Unix time.

        """
        grown = _with_mirror(_grown(self, len(seen)), url)
        _, before = self.reached.get(url, (0, len(seen)))
        return replace(
            _marked(grown, grown.mirrors.index(url), seen),
            scanned={**self.scanned, url: at},
            reached={**self.reached, url: (before, len(seen))},
            waiting=self.waiting - {url},
        )

    def with_arrivals(self, url: str, arrived: Mapping[int, Presence]) -> "Holders":
        """Return what is known after a look at a few files of a scanned mirror."""
        if not arrived or url not in self.mirrors:
            return self
        grown = _grown(self, max(arrived) + 1)
        numbers, sets = array("I", grown.numbers), list(grown.sets)
        places = {one: place for place, one in enumerate(sets)}
        bit = 1 << self.mirrors.index(url)
        for number, presence in arrived.items():
            changed = _changed(sets[numbers[number]], bit, presence)
            place = numbers[number] = places.setdefault(changed, len(sets))
            if place == len(sets):
                sets.append(changed)
        return replace(grown, numbers=numbers, sets=tuple(sets))

    def with_waiting(self, urls: Collection[str]) -> "Holders":
        """Return the same where further mirrors must be scanned before they serve."""
        waiting = self.waiting | (set(urls) & set(self.mirrors))
        return self if waiting == self.waiting else replace(self, waiting=waiting)

    def only(self, urls: Collection[str]) -> "Holders":
        """Return what is known of some mirrors, without all others."""
        kept = [one for one in self.mirrors if one in urls]
        if len(kept) == len(self.mirrors):
            return self
        places = [self.mirrors.index(one) for one in kept]
        sets = [(_moved(one[0], places), _moved(one[1], places)) for one in self.sets]
        return replace(
            _packed(self, self.numbers, sets.__getitem__),
            mirrors=tuple(kept),
            scanned=_of(self.scanned, kept),
            reached=_of(self.reached, kept),
            waiting=self.waiting & set(kept),
        )

    @property
    def _all(self) -> int:
        return (1 << len(self.mirrors)) - 1

    @property
    def _kept_out(self) -> int:
        if not self.waiting:
            return 0
        return sum(1 << self.mirrors.index(one) for one in self.waiting)


def _grown(holders: Holders, count: int) -> Holders:
    """Return the same with files up to a number, of which nobody has the new ones."""
    more = min(count, LONGEST) - len(holders.numbers)
    if more <= 0:
        return holders
    nobody = ((1 << len(holders.mirrors)) - 1, 0)
    sets = (*holders.sets, nobody)
    numbers = holders.numbers + array("I", [len(holders.sets)]) * more
    return replace(holders, numbers=numbers, sets=sets)


def _with_mirror(holders: Holders, url: str) -> Holders:
    """Return the same with a mirror, which lacks everything if it is new."""
    if url in holders.mirrors:
        return holders
    bit = 1 << len(holders.mirrors)
    sets = tuple((missing | bit, wrong) for missing, wrong in holders.sets)
    return replace(holders, mirrors=(*holders.mirrors, url), sets=sets)


def _marked(holders: Holders, place: int, seen: bytes) -> Holders:
    """Return the same with what one mirror has."""
    bit = 1 << place
    # What lies beyond a scan is newer than it.
    padded = seen + bytes(len(holders.numbers) - len(seen))

    def moved(key: tuple[int, int]) -> Absence:
        return _changed(holders.sets[key[0]], bit, Presence(key[1]))

    return _packed(holders, zip(holders.numbers, padded, strict=True), moved)


def _packed(
    holders: Holders, keys: Iterable[K], absence: Callable[[K], Absence]
) -> Holders:
    """Return the same with other sets: those that some file has, and each once.

    Args:
        holders: What was known.
        keys: Something for each number that decides its set.
        absence: The set of a key, which is asked once for each key.

    """
    sets: dict[Absence, int] = {}
    places: dict[K, int] = {}
    numbers = array("I")
    for key in keys:
        place = places.get(key)
        if place is None:
            place = places[key] = sets.setdefault(absence(key), len(sets))
        numbers.append(place)
    return replace(holders, numbers=numbers, sets=tuple(sets) or (_NOBODY,))


def _changed(absence: Absence, bit: int, presence: Presence) -> Absence:
    """Return a set in which the mirror with a bit is where it belongs."""
    missing, wrong = (mask & ~bit for mask in absence)
    if presence is Presence.MISSING:
        return (missing | bit, wrong)
    return (missing, wrong | bit if presence is Presence.WRONG_SIZE else wrong)


def _of(known: Mapping[str, V], urls: Iterable[str]) -> dict[str, V]:
    return {one: known[one] for one in urls if one in known}


def _presence(missing: int, wrong: int, place: int) -> Presence:
    if missing >> place & 1:
        return Presence.MISSING
    return Presence.WRONG_SIZE if wrong >> place & 1 else Presence.HELD


def _moved(mask: int, places: Sequence[int]) -> int:
    """Return a mask in which each place has the bit of the place that is named."""
    return sum(1 << new for new, old in enumerate(places) if mask >> old & 1)
