"""What of a preview is marked on a map."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from mirrorsel.model import Coordinates
from mirrorsel.preview.effect import Effect, Fate, Verdict


class Sign(StrEnum):
    """What a mark says; the most important comes last, and is drawn above others."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    MOVES = "moves"
    GAINS = "gains"
    LOSES = "loses"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A sign at a place."""

    sign: Sign
    place: Coordinates
    about: str
    """What is there: the name of a country, or the URL of a mirror."""
    size: float = 0.0
    """How many of all clients it is about."""


WORDS: Mapping[Sign, str] = MappingProxyType(
    {
        Sign.LOSES: "country that loses",
        Sign.GAINS: "country that gains",
        Sign.MOVES: "country whose clients move",
        Sign.ADDED: "mirror added",
        Sign.CHANGED: "mirror changed",
        Sign.REMOVED: "mirror removed",
    }
)
"""What the signs mean, in the order of a legend."""

_COUNTRIES: Mapping[Verdict, Sign] = MappingProxyType(
    {
        Verdict.WORSE: Sign.LOSES,
        Verdict.LOST: Sign.LOSES,
        Verdict.CHANGED: Sign.MOVES,
        Verdict.SHIFTED: Sign.MOVES,
        Verdict.BETTER: Sign.GAINS,
        Verdict.GAINED: Sign.GAINS,
    }
)
_MIRRORS: Mapping[Fate, Sign] = MappingProxyType(
    {
        Fate.ADDED: Sign.ADDED,
        Fate.REMOVED: Sign.REMOVED,
        Fate.CHANGED: Sign.CHANGED,
    }
)


def marks(effect: Effect) -> tuple[Mark, ...]:
    """Return all marks, in the order in which they are drawn."""
    order = tuple(Sign)
    found = (*_of_mirrors(effect), *_of_countries(effect))
    return tuple(sorted(found, key=lambda one: order.index(one.sign)))


def _of_mirrors(effect: Effect) -> Iterator[Mark]:
    for one in effect.mirrors:
        sign = _MIRRORS.get(one.fate)
        if sign and one.place:
            yield Mark(sign=sign, place=one.place, about=one.url, size=one.after)


def _of_countries(effect: Effect) -> Iterator[Mark]:
    for one in effect.countries:
        sign = _COUNTRIES.get(one.verdict)
        if sign and one.place:
            yield Mark(sign=sign, place=one.place, about=one.name, size=one.share)
