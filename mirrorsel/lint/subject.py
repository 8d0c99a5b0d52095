"""The list that is judged, with the places of what its lines say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from mirrorsel.errors import Problem
from mirrorsel.lint.facts import Facts
from mirrorsel.lists import Loaded
from mirrorsel.lists.reader import MARK
from mirrorsel.lists.words import Word, spans, split
from mirrorsel.model import Kind, Mirror

_COUNTRY, _URL, _FOURTH = 1, 2, 3


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A list with the facts by which it is judged."""

    loaded: Loaded
    facts: Facts

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the list, each without its newline."""
        return self.loaded.text.removeprefix(MARK).split("\n")

    @property
    def mirrors(self) -> tuple[Mirror, ...]:
        """The mirrors of the good lines, in their order."""
        return self.loaded.list.mirrors

    @cached_property
    def serving(self) -> tuple[Mirror, ...]:
        """The mirrors that redirects go to, Backup aside."""
        return tuple(one for one in self.mirrors if _serves(one) and not one.backup)

    @cached_property
    def backups(self) -> tuple[Mirror, ...]:
        """The Backup mirrors that redirects go to."""
        return tuple(one for one in self.mirrors if _serves(one) and one.backup)

    @cached_property
    def populated(self) -> frozenset[str]:
        """The countries that have clients: those with a town."""
        known = self.facts.countries.values()
        return frozenset(one.code for one in known if one.centre is not None)

    def country(self, mirror: Mirror) -> Word:
        """Return the country as it is written."""
        return self._words(mirror)[_COUNTRY]

    def url_column(self, mirror: Mirror) -> int:
        """Return the column of the URL."""
        return self._words(mirror)[_URL].column

    def fourth_column(self, mirror: Mirror) -> int:
        """Return the column of the contact or epoch, which must be there."""
        return self._words(mirror)[_FOURTH].column

    def option(self, mirror: Mirror, name: str) -> Word | None:
        """Return an option as it is written, with its name."""
        start = f"{name}="
        # Most lines have none, and are not taken apart for that.
        if start not in self.lines[mirror.line - 1]:
            return None
        words = self._words(mirror)[_FOURTH:]
        return next((one for one in words if one.text.startswith(start)), None)

    def entries(self, mirror: Mirror, name: str) -> list[Word]:
        """Return the entries of an option that is a list, each with its column."""
        word = self.option(mirror, name)
        if word is None:
            return []
        found: list[Word] = []
        column = word.column + len(name) + 1
        plain = self._is_plain(mirror, word)
        for entry in word.text[len(name) + 1 :].split(","):
            # Within quotes it cannot be told where an entry stands.
            found.append(Word(entry, column if plain else word.column))
            column += len(entry) + 1
        return found

    def _words(self, mirror: Mirror) -> tuple[Word, ...]:
        return split(self.lines[mirror.line - 1])

    def _is_plain(self, mirror: Mirror, word: Word) -> bool:
        line = self.lines[mirror.line - 1]
        return any(
            line[start:end] == word.text
            for start, end in spans(line)
            if start + 1 == word.column
        )


Rule: TypeAlias = Callable[[Subject], Iterable[Problem]]
"""What finds the problems of some kinds in a list."""


def _serves(mirror: Mirror) -> bool:
    return mirror.kind is Kind.HTTP and mirror.disabled is None
