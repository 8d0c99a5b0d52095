"""Where the directives of a template stand."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from mirrorsel.pages.limits import MOST_WORDS

# There is one way only to read any text, so that none, however contrived, is read
# more than a few times. Possessive quantifiers would say so, but those of Python
# before 3.11.5 fail with groups (CPython issue 101955).
# The numbers of repetitions bound the memory that a match takes.
_STRING = r'"[^\\"]*(?:\\.[^\\"]*){0,100}"'
_WORD = rf"(?:{_STRING}|[-\w.]+)"
_DIRECTIVE = rf"[A-Za-z_][-\w.]*(?: +{_WORD}){{0,999}}|{_STRING}(?: +{_WORD}){{1,999}}"
_MARK = re.compile(
    rf"\[(?:(?P<directive>{_DIRECTIVE})|(?P<bracket>\[)|(?P<comment>\#[^\]]*))\]",
    re.ASCII,
)
_WORDS = re.compile(_WORD, re.ASCII)
_HTML_COMMENT = re.compile("<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A part of a template that is not copied to the page as it is."""

    start: int
    """The offset of its ``[``."""
    source: str
    """All of it, brackets included."""
    words: tuple[str, ...] = ()
    """The words of a directive; none in ``[[]`` or a comment."""
    in_comment: bool = False
    """Whether it begins inside an HTML comment."""

    @property
    def end(self) -> int:
        """The offset behind its ``]``."""
        return self.start + len(self.source)

    @property
    def name(self) -> str:
        """The first word, or nothing."""
        return self.words[0] if self.words else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """The marks of a template, in their order."""

    marks: tuple[Mark, ...]
    end: int
    """The offset where reading ended: behind the text, if it is not too much."""


def scan(text: str, *, comments: bool = True) -> Scanned:
    """Return the marks of a template, as many as a page may have.

    Without `comments`, HTML comments are plain text and hold no marks.
    A string alone, as in a script's ``a["b"]``, is text too.
    """
    hidden = _html_comments(text)
    words, end = MOST_WORDS, len(text)
    if len(hidden) > MOST_WORDS:
        end = hidden.pop()[0]
    words -= len(hidden)
    marks: list[Mark] = []
    for match, in_comment in _matches(text, end, hidden, comments=comments):
        # No directive has more words than blanks and one; most have as many.
        words -= 1 + match[0].count(" ")
        if words < 0:
            return Scanned(marks=tuple(marks), end=match.start())
        marks.append(_mark(match, in_comment=in_comment))
    return Scanned(marks=tuple(marks), end=end)


def _matches(
    text: str, end: int, hidden: list[tuple[int, int]], *, comments: bool
) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield what is a mark, and whether it begins in one of the `hidden` spans."""
    starts = [start for start, _ in hidden]
    parts = [(0, end)] if comments else _between(hidden, end)
    for first, last in parts:
        # Nothing behind the last bracket can be a mark, and looking for its end
        # once from every ``[#`` there would take the square of the length.
        for match in _MARK.finditer(text, first, text.rfind("]", first, last) + 1):
            at = bisect_right(starts, match.start()) - 1
            yield match, at >= 0 and match.start() < hidden[at][1]


def _mark(match: re.Match[str], *, in_comment: bool) -> Mark:
    return Mark(
        start=match.start(),
        source=match[0],
        words=tuple(_WORDS.findall(match["directive"] or "")),
        in_comment=in_comment,
    )


def _html_comments(text: str) -> list[tuple[int, int]]:
    """Return where HTML comments stand: one more than a page may have, at most."""
    end = text.rfind("-->") + len("-->")
    found = _HTML_COMMENT.finditer(text, 0, end)
    return [match.span() for match in islice(found, MOST_WORDS + 1)]


def _between(spans: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    starts = [0, *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), length]
    return list(zip(starts, ends, strict=True))
