"""The words of one line, each with the column where it starts."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mirrorsel.errors import Problem

# A run without blanks, in which double quotes hold blanks together; a quote that
# is never closed runs to the end of the line.
_WORD = re.compile(r'(?:[^ \t\r"]+|"(?:[^"\\]|\\.)*(?:"|\\?\Z))+')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r'\\(["\\])')
_LONGEST_QUOTED = 60


class LineError(Exception):
    """A line cannot be used; it becomes a `Problem` and never leaves this package."""

    column: int
    """Where, in characters, counted from 1."""
    code: str
    """The kind of problem, see `Problem.code`."""

    def __init__(self, message: str, column: int, *, code: str = "") -> None:
        super().__init__(message)
        self.column = column
        self.code = code

    def on(self, line: int) -> Problem:
        """Return it as a problem of that line."""
        return Problem(message=str(self), line=line, column=self.column, code=self.code)


def in_ticks(text: str) -> str:
    """Return what somebody wrote as a message shows it, cut where it is very long."""
    if len(text) <= _LONGEST_QUOTED:
        return f"`{text}`"
    return f"`{text[: _LONGEST_QUOTED - 1]}…`"


class Word(NamedTuple):
    """One word of a line; a tuple, since a long list makes very many."""

    text: str
    """Without its quotes."""
    column: int
    """Where it starts, in characters, counted from 1."""


def split(content: str) -> tuple[Word, ...]:
    """Return the words of a line up to its comment.

    Blanks, tabs and carriage returns part words.
    A word that starts with ``#`` starts a comment.

    Raises:
        LineError: a quote is not closed, or a word holds a character that cannot
            be printed.

    """
    return tuple(_words(content))


def comment(content: str) -> str:
    """Return the comment of a line, from its ``#`` on, "" if it has none."""
    matches = _WORD.finditer(content)
    starts = (match.start() for match in matches if match[0].startswith("#"))
    start = next(starts, None)
    return "" if start is None else content[start:].rstrip()


def word_spans(content: str) -> tuple[tuple[int, int], ...]:
    """Return the same as `spans` of the words of `split`, without a comment."""
    return tuple(one for one in spans(content) if content[one[0]] != "#")


def spans(content: str) -> Iterator[tuple[int, int]]:
    """Yield where each word starts and ends as it is written, quotes and all.

    Both are counted from 0, as for a slice. A comment is a last word, to the end of
    the line.
    """
    for match in _WORD.finditer(content):
        if match[0].startswith("#"):
            yield match.start(), len(content)
            return
        yield match.span()


def _words(content: str) -> Iterator[Word]:
    for match in _WORD.finditer(content):
        raw, column = match[0], match.start() + 1
        if raw.startswith("#"):
            return
        if not raw.isprintable():
            raise _unprintable(raw, column)
        yield Word(_unquote(raw, column) if '"' in raw else raw, column)


def _unprintable(raw: str, column: int) -> LineError:
    index = next(i for i, character in enumerate(raw) if not character.isprintable())
    name = f"U+{ord(raw[index]):04X}"
    message = f"the character {name} cannot stand in a list"
    return LineError(message, column + index, code="unprintable-character")


def _unquote(raw: str, column: int) -> str:
    parts: list[str] = []
    position = 0
    while (start := raw.find('"', position)) >= 0:
        quoted = _QUOTED.match(raw, start)
        if quoted is None:
            message = "this double quote is never closed"
            raise LineError(message, column + start, code="unclosed-quote")
        parts += [raw[position:start], _ESCAPED.sub(r"\1", quoted[1])]
        position = quoted.end()
    return "".join([*parts, raw[position:]])
