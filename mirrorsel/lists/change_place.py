"""The place of a new mirror among those of a list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby, pairwise

from mirrorsel.lists.entries import Lines, mirror_lines
from mirrorsel.model import Country, Mirror

Key = Callable[[Mirror], str]
"""Something by which a list may be ordered."""


def place_of(text: str, mirror: Mirror, countries: Mapping[str, Country]) -> int:
    """Return the line behind which a new mirror belongs; 0 for the top.

    That is the last of its country. Where there is none, it is its place in the order
    of countries, if the list has them in the order of their codes or names; else the
    last of its continent, if the list has each continent in one piece; else the last
    of all countries. A Backup comes behind the last Backup.
    """
    listed = mirror_lines(text)
    backups = [one for one in listed.values() if one.backup]
    others = [one for one in listed.values() if not one.backup]
    if mirror.backup:
        return _last(backups) or len(Lines.of(text).contents)
    found = _behind_country(mirror, others) or _in_order(mirror, others, countries)
    if found is not None:
        return found
    return _before(text, backups[0]) if backups else len(Lines.of(text).contents)


def _behind_country(mirror: Mirror, others: Sequence[Mirror]) -> int | None:
    return _last(one for one in others if one.country == mirror.country)


def _in_order(
    mirror: Mirror, others: Sequence[Mirror], countries: Mapping[str, Country]
) -> int | None:
    def name(one: Mirror) -> str:
        known = countries.get(one.country or "")
        return known.name if known else one.country or ""

    def continent(one: Mirror) -> str:
        known = countries.get(one.country or "")
        return known.continent if known else ""

    for key in (_code, name):
        if _is_ordered(others, key):
            before = [one for one in others if key(one) < key(mirror)]
            return _last(before) or others[0].line - 1
    if _is_grouped(others, continent):
        same = [one for one in others if continent(one) == continent(mirror)]
        return _last(same) or _last(others)
    return _last(others)


def _code(mirror: Mirror) -> str:
    return mirror.country or ""


def _is_ordered(mirrors: Sequence[Mirror], key: Key) -> bool:
    """Return whether mirrors are in an order, and not by chance alone."""
    keys = [key(one) for one in mirrors]
    return len(set(keys)) > 1 and all(one <= other for one, other in pairwise(keys))


def _is_grouped(mirrors: Sequence[Mirror], key: Key) -> bool:
    groups = [one for one, _ in groupby(mirrors, key=key)]
    return len(groups) == len(set(groups))


def _last(mirrors: Iterable[Mirror]) -> int | None:
    return max((one.line for one in mirrors), default=None)


def _before(text: str, backup: Mirror) -> int:
    """Return the line before a Backup and the comments right above it."""
    contents = Lines.of(text).contents
    number = backup.line - 1
    while number and contents[number - 1].lstrip().startswith("#"):
        number -= 1
    return number
