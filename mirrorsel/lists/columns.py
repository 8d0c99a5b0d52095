"""The columns in which the words of lines begin, for those who look at them."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from mirrorsel.lists.words import word_spans

_TAB = 8


class Gap(NamedTuple):
    """The blanks before a word."""

    blanks: str
    column: int
    """Where the word begins on a screen, counted from 0."""


def reach(text: str, start: int = 0) -> int:
    """Return the column behind a text that begins in a column; tabs go to the next 8.

    Characters that take two places on a screen count as one, as editors differ.
    """
    column = start
    for one in text:
        column = column + 1 if one != "\t" else (column // _TAB + 1) * _TAB
    return column


def gap_before(content: str, end: int, start: int) -> Gap:
    """Return the gap between two words of a line."""
    return Gap(content[end:start], reach(content[:start]))


def aligned(contents: Iterable[str]) -> frozenset[int]:
    """Return the columns in which words of lines begin behind more than one blank.

    Somebody has put them there; behind a single blank it may be chance.
    """
    gaps = (gap for content in contents for gap in _gaps(content))
    return frozenset(gap.column for gap in gaps if len(gap.blanks) > 1)


def fitted(gap: Gap, end: int, columns: frozenset[int]) -> str:
    """Return the blanks with which a word begins in its column as before.

    At least one is left. A single blank, and blanks mixed with tabs, stay as they
    are, unless the column is one in which other lines align.

    Args:
        gap: What there was before the word.
        end: The column in which the word before it ends now.
        columns: What `aligned` returned.

    """
    room = gap.column - end
    if len(gap.blanks) == 1 and gap.column not in columns:
        return gap.blanks
    if set(gap.blanks) == {" "}:
        return " " * max(1, room)
    if set(gap.blanks) == {"\t"} and gap.column % _TAB == 0:
        tabs = -(-(gap.column - end // _TAB * _TAB) // _TAB)
        return "\t" * max(1, tabs)
    return gap.blanks


def _gaps(content: str) -> Iterator[Gap]:
    words = word_spans(content)
    for (_, end), (start, _) in pairwise(words):
        yield gap_before(content, end, start)
