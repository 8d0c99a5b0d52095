"""A mirror as texts by the names of its fields, as tables and documents give it."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from mirrorsel.errors import Problem
from mirrorsel.lists.entry import EntryReader
from mirrorsel.lists.line import option_texts, place_word
from mirrorsel.lists.options import OPTIONS
from mirrorsel.lists.urls import KINDS
from mirrorsel.lists.words import Word, in_ticks
from mirrorsel.model import Kind, Mirror
from mirrorsel.printable import one_line

NAMES = ("type", "country", "url", "contact", "epoch", "logo", "link", *OPTIONS)
"""The fields, in the order of a line."""

_EPOCH = re.compile(r"[0-9]+")
_PLAIN = ("contact", "logo", "link")
_LONGEST = 4096
_APART = 2 * _LONGEST
_NEEDED = ("url", "country")


class Text(NamedTuple):
    """A text and where it stands."""

    text: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What came of the texts of one mirror."""

    mirror: Mirror | None
    """None if one of them is wrong."""
    problems: tuple[Problem, ...]


def shown(text: str) -> str:
    """Return a stranger's text as a message shows it, on one line."""
    return in_ticks(one_line(text))


def texts_of(mirror: Mirror) -> dict[str, str]:
    """Return the texts that say all of a mirror; what is at its default is left out.

    Options are written as in a list, the epoch in seconds since 1970.
    """
    epoch = f"{mirror.stamp.timestamp():.0f}" if mirror.stamp else ""
    fields = {
        "type": mirror.kind.value,
        "country": place_word(mirror),
        "url": mirror.url,
        "contact": mirror.contact or "",
        "epoch": epoch,
        "logo": mirror.logo,
        "link": mirror.link,
        **option_texts(mirror),
    }
    return {name: text for name, text in fields.items() if text}


def read_texts(texts: Mapping[str, Text], countries: Container[str] | None) -> Read:
    """Return the mirror of some texts; empty ones are not given.

    Args:
        texts: By their names.
        countries: The known countries, as `parse` takes them.

    """
    given = {name: one for name, one in texts.items() if one.text}
    problems = (*_missing(texts), *_unfit(given))
    if problems:
        return Read(mirror=None, problems=problems)
    entry = EntryReader(given["url"].line, countries)
    mirror = entry.read(_words(given))
    if mirror is not None:
        plain = {name: given[name].text for name in _PLAIN if name in given}
        mirror = replace(
            mirror,
            contact=plain.get("contact"),
            logo=plain.get("logo", ""),
            link=plain.get("link", ""),
        )
    placed = tuple(_placed(one, given) for one in entry.problems)
    return Read(mirror=mirror, problems=placed)


def _words(given: Mapping[str, Text]) -> tuple[Word, ...]:
    """Return the words that a line would have, without those that any text can be.

    Each stands so far from the others that a column tells which one it is in.
    """
    scheme = given["url"].text.partition("://")[0].lower()
    texts = {name: given[name].text for name in NAMES if name in given}
    texts.setdefault("type", KINDS.get(scheme, Kind.HTTP))
    options = {name: f"{name}={texts[name]}" for name in OPTIONS if name in texts}
    written = {**texts, **options}
    return tuple(
        Word(written[name], _APART * number)
        for number, name in enumerate(NAMES, start=1)
        if name in written and name not in _PLAIN
    )


def _placed(problem: Problem, given: Mapping[str, Text]) -> Problem:
    """Return a problem where it is, for one among `_words`."""
    number, offset = divmod(problem.column, _APART)
    name = NAMES[number - 1]
    if name in OPTIONS:
        offset = max(0, offset - len(name) - 1)
    _, line, column = given.get(name, given["url"])
    return replace(problem, line=line, column=column + offset if column else 0)


def _missing(texts: Mapping[str, Text]) -> Iterator[Problem]:
    for name in _NEEDED:
        text, line, column = texts.get(name, Text(""))
        if not text:
            message = f"the mirror has no {name}"
            yield Problem(message=message, line=line, column=column)


def _unfit(given: Mapping[str, Text]) -> Iterator[Problem]:
    for name, (text, line, column) in given.items():
        if not text.isprintable():
            message = f"a character of the {name} cannot stand in a list"
        elif len(text) > _LONGEST:
            message = f"the {name} has more than {_LONGEST} characters"
        elif name == "epoch" and not _EPOCH.fullmatch(text):
            message = "the epoch must be a whole number of seconds since 1970"
        else:
            continue
        yield Problem(message=message, line=line, column=column)
