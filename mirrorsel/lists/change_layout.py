"""The blanks that a new word gets, after the lines around it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import islice

from mirrorsel.lists.columns import Gap, aligned, fitted, gap_before, reach
from mirrorsel.lists.parts import Part, Parts, parts_of

# So many of the nearest lines are looked at: enough to outvote one long URL.
_NEAREST = 9


class Field(Enum):
    """What a word may be, in the order of a line."""

    COUNTRY = "country"
    URL = "URL"
    FOURTH = "contact or epoch"
    OPTION = "first option"
    NEXT_OPTION = "further option"


class Layout:
    """How the lines around a place are laid out.

    Args:
        contents: The lines that hold mirrors, the nearest first.

    """

    def __init__(self, contents: Sequence[str]) -> None:
        self.columns = aligned(contents)
        self.near = tuple((one, parts_of(one)) for one in contents[:_NEAREST])

    def before(self, field: Field, content: str) -> str:
        """Return the blanks that a word gets behind the start of a line."""
        end = reach(content)
        gaps = [gap for one in self.near if (gap := _gap(*one, field)) is not None]
        if field is Field.NEXT_OPTION:
            return gaps[0].blanks if gaps and len(gaps[0].blanks) == 1 else " "
        if not gaps:
            return self._usual()
        # Of equals, `Counter` names the first: the nearest.
        return fitted(Counter(gaps).most_common(1)[0][0], end, self.columns)

    def keep(self, old: str, behind: str, end: int) -> str:
        """Return the blanks before what follows a word that became another.

        Args:
            old: The line before, to where the blanks begin.
            behind: The blanks.
            end: The column in which the word ends now.

        """
        return fitted(Gap(behind, reach(old + behind)), end, self.columns)

    def _usual(self) -> str:
        blanks = (_gap(*one, Field.URL) for one in self.near)
        first = next((one.blanks for one in blanks if one), " ")
        return "\t" if "\t" in first else " "


def laid_out(fields: Iterable[str], options: Iterable[str], layout: Layout) -> str:
    """Return the words of a new line with the blanks that its neighbours have."""
    first, *others = fields
    line = first
    for field, word in zip(Field, others, strict=False):
        line += layout.before(field, line) + word
    for number, word in enumerate(options):
        field = Field.NEXT_OPTION if number else Field.OPTION
        line += layout.before(field, line) + word
    return line


def _gap(content: str, parts: Parts, field: Field) -> Gap | None:
    options = [part for _, part in parts.options]
    if field is Field.NEXT_OPTION:
        return _between(content, options, 1)
    if field is Field.OPTION:
        return _between(content, [parts.fields[-1], *options], 1)
    return _between(content, parts.fields, list(Field).index(field) + 1)


def _between(content: str, words: Sequence[Part], number: int) -> Gap | None:
    """Return the gap before a word, None if there are not so many."""
    pair = tuple(islice(words, number - 1, number + 1))
    return gap_before(content, pair[0].end, pair[1].start) if len(pair) > 1 else None
