"""The map of a preview as what its template, `map.svg`, prints."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from math import sqrt

from mirrorsel.pages import Item, Markup, Value
from mirrorsel.preview.effect import CountryEffect, Effect
from mirrorsel.preview.marks import WORDS, Mark, Sign, marks
from mirrorsel.preview.words import headline, losers, percent
from mirrorsel.printable import printable
from mirrorsel.status import Point, spread
from mirrorsel.status.world import project
from mirrorsel.words import counted

_KEPT = "kept"
_COUNTRIES = frozenset({Sign.LOSES, Sign.MOVES, Sign.GAINS})
_RADIUS = 24.0
"""The radius of the circle of a country that had all clients."""
_SMALLEST = 2.0
"""A smaller circle would not be seen around a mark."""
_FEW, _SMALL = 0.0005, 0.6
"""With fewer clients than the one, a country's mark is smaller by the other."""
_MOST_WAYS = 40
_STAYS = "mirror that stays"
_LEGEND, _LINE, _STEP = 164.0, 8.0, 72.0
_SIZES = "Circles are as large as the country's share of all clients."
_LINES = "Lines lead from a country to its first mirror, dashed to the one before."
_MOST_NAMED = 6


def picture(effect: Effect, land: str) -> dict[str, Value]:
    """Return what the template prints; `land` is the data of its dots."""
    shown = marks(effect)
    where = _where(effect, shown)
    countries = [one for one in shown if one.sign in _COUNTRIES]
    mirrors = [one for one in shown if one.sign not in _COUNTRIES]
    ways = list(islice(_ways(effect.countries, where), _MOST_WAYS))
    circles = list(filter(None, map(_around, countries)))
    return {
        "headline": headline(effect),
        "harm": _harm(effect),
        "about": _about(effect),
        "land": Markup(text=land),
        "ways": ways,
        "around": circles,
        "marks": [
            *(_mark(_KEPT, where[url], url) for url in _kept(effect, where, mirrors)),
            *(_mark(one.sign, where[one.about], one.about) for one in mirrors),
            *map(_country, countries),
        ],
        "legend": list(_legend(shown)),
        "note": " ".join([*[_SIZES][: len(circles)], *[_LINES][: len(ways)]]),
    }


def _where(effect: Effect, shown: Sequence[Mark]) -> Mapping[str, Point]:
    """Return where mirrors lie, by URL: around the marks of their countries."""
    marked = {one.about: one.place for one in shown if one.sign in _COUNTRIES}
    mirrors = {one.url: one.place for one in effect.mirrors if one.place}
    return spread({**marked, **mirrors})


def _kept(
    effect: Effect, where: Mapping[str, Point], edited: Sequence[Mark]
) -> list[str]:
    drawn = where.keys() - {one.about for one in edited}
    return [one.url for one in effect.mirrors if one.url in drawn]


def _harm(effect: Effect) -> str:
    names = [one.name for one in effect.losses]
    if not names:
        return ""
    more = " and others" if len(names) > _MOST_NAMED else ""
    return f"{losers(effect)}: {', '.join(names[:_MOST_NAMED])}{more}"


def _about(effect: Effect) -> str:
    """Return what the map shows, for those who do not see it."""
    changed = [
        f"{one.name}: {percent(one.moved)} of its clients move, from"
        f" {one.before.first.host} to {one.after.first.host}"
        for one in effect.countries
        if one.before.first.url != one.after.first.url
    ]
    shown, left = changed[:_MOST_WAYS], len(changed[_MOST_WAYS:])
    more = [f"and {counted(left, 'country', 'countries')} more"] if left else []
    words = ("A map of the world", _harm(effect), *shown, *more)
    return printable(". ".join(filter(None, words)) + ".")


def _ways(
    countries: Sequence[CountryEffect], where: Mapping[str, Point]
) -> Iterator[Item]:
    for one in countries:
        if one.place is None or one.before.first.url == one.after.first.url:
            continue
        start = project(one.place)
        for kind, first in (("was", one.before.first), ("is", one.after.first)):
            if end := where.get(first.url):
                path = f"M{start.x:.1f} {start.y:.1f}L{end.x:.1f} {end.y:.1f}"
                yield Item(text=path, attributes={"class": kind})


def _around(mark: Mark) -> Item | None:
    radius = _RADIUS * sqrt(mark.size)
    if radius < _SMALLEST:
        return None
    return _at(mark.sign, project(mark.place), r=f"{radius:.1f}")


def _mark(sign: str, at: Point, about: str, scale: float = 1) -> Item:
    return _at(sign, at, about=printable(about), scale=f"{scale:g}")


def _country(mark: Mark) -> Item:
    small = mark.sign is Sign.MOVES and mark.size < _FEW
    return _mark(mark.sign, project(mark.place), mark.about, _SMALL if small else 1)


def _legend(shown: Sequence[Mark]) -> Iterator[Item]:
    """Yield a row for countries and one for mirrors."""
    there = {one.sign for one in shown}
    words = [(sign.value, meaning) for sign, meaning in WORDS.items() if sign in there]
    rows = (
        [one for one in words if one[0] in _COUNTRIES],
        [*(one for one in words if one[0] not in _COUNTRIES), (_KEPT, _STAYS)],
    )
    for line, row in enumerate(filter(None, rows)):
        for place, (sign, meaning) in enumerate(row):
            at = Point(x=2 + place * _STEP, y=_LEGEND + line * _LINE)
            yield _at(sign, at, words=meaning, text_x=at.x + 4, text_y=at.y + 1.5)


def _at(sign: str, at: Point, **more: Value) -> Item:
    where: dict[str, Value] = {"x": f"{at.x:.1f}", "y": f"{at.y:.1f}"}
    return Item(text=str(sign), attributes={**where, **more})
