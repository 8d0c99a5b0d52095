"""Coordinates that lie outside of the mirror's country."""

from collections.abc import Iterator

from mirrorsel.errors import Problem
from mirrorsel.lint.atlas import Atlas
from mirrorsel.lint.code import Code
from mirrorsel.lint.named import country_named
from mirrorsel.lint.subject import Subject
from mirrorsel.model import Coordinates, Mirror

_FAR = 500
"""Kilometres from the nearest town of its country at which no mirror is any more.

Of the world's towns with 15,000 people, fifteen are farther from the next one of
their country.
"""
_ABROAD = 150
"""The same where the place lies in a town of another country."""
_IN_TOWN = 25
_MEANT = 150
"""How near to a town of its country a place must be to be taken for the meant one."""

ELSEWHERE = Code(
    name="coordinates-elsewhere",
    what="`lat` and `lon` lie far from all towns of the mirror's country.",
    why="The mirror is chosen for clients near that place, and not for those near it.",
    mend="Write `lat` with north positive and `lon` with east positive; mirrors in the"
    " Americas have a negative `lon`. If the place is right, mend the country.",
    needs="towns",
)

CODES = (ELSEWHERE,)


def coordinates(subject: Subject) -> Iterator[Problem]:
    """Find the mirrors whose coordinates are not in their country."""
    atlas = Atlas(subject.facts.towns)
    for one in subject.mirrors:
        place, country = one.coordinates, one.country
        if place is None or country is None or not atlas.knows(country):
            continue
        beyond = _beyond(atlas, place, country)
        if beyond:
            name = country_named(country, subject.facts.countries)
            message = f"the place is more than {beyond} km from all towns of {name}"
            message += _more(subject, atlas, place, country)
            yield ELSEWHERE.at(message, one.line, _column(subject, one))


def _beyond(atlas: Atlas, place: Coordinates, country: str) -> int:
    """Return how far away the country is at least, 0 if the place may be in it."""
    if atlas.is_within(place, country, _ABROAD):
        return 0
    if not atlas.is_within(place, country, _FAR):
        return _FAR
    return _ABROAD if atlas.country_at(place, _IN_TOWN) else 0


def _more(subject: Subject, atlas: Atlas, place: Coordinates, country: str) -> str:
    """Return the end of a message: where the place is, and which may be meant."""
    more = ""
    if there := atlas.country_at(place, _IN_TOWN):
        more += f"; it is in {country_named(there, subject.facts.countries)}"
    if meant := _meant(atlas, place, country):
        more += f"; did you mean `lat={_short(meant.latitude)}"
        more += f" lon={_short(meant.longitude)}`?"
    return more


def _meant(atlas: Atlas, place: Coordinates, country: str) -> Coordinates | None:
    """Return the place in the country that comes of another sign or order."""
    near = (one for one in _readings(place) if atlas.is_within(one, country, _MEANT))
    return next(near, None)


def _readings(place: Coordinates) -> Iterator[Coordinates]:
    """Yield what may have been meant, the likeliest first."""
    north, east = place.latitude, place.longitude
    signs = [(north, -east), (-north, east), (-north, -east)]
    swapped = [(east, north), (-east, north), (east, -north), (-east, -north)]
    for latitude, longitude in (*signs, *swapped):
        if abs(latitude) <= 90:  # noqa: PLR2004 - a pole
            yield Coordinates(latitude=latitude, longitude=longitude)


def _short(degrees: float) -> str:
    return f"{degrees + 0.0:.6f}".rstrip("0").rstrip(".")


def _column(subject: Subject, mirror: Mirror) -> int:
    word = subject.option(mirror, "lat")
    return word.column if word else subject.url_column(mirror)
