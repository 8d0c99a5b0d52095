"""Where the directives of a template stand."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

# There is one way only to read any text, so that none, however contrived, is read
# more than a few times. Possessive quantifiers would say so, but those of Python
# before 3.11.5 fail with groups (CPython issue 101955).
_STRING = r'"[^\\"]*(?:\\.[^\\"]*)*"'
_WORD = rf"(?:{_STRING}|[-\w.]+)"
_MARK = re.compile(
    rf"\[(?:(?P<directive>[A-Za-z_][-\w.]*(?: +{_WORD})*|{_STRING}(?: +{_WORD})+)"
    r"|(?P<bracket>\[)|(?P<comment>\#[^\]]*))\]",
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


def scan(text: str, *, comments: bool = True) -> Iterator[Mark]:
    """Yield the marks of a template in their order.

    Without `comments`, HTML comments are plain text and hold no marks.
    A string alone, as in a script's ``a["b"]``, is text too.
    """
    hidden = _html_comments(text)
    starts = [start for start, _ in hidden]
    parts = [(0, len(text))] if comments else _between(hidden, len(text))
    for start, end in parts:
        # Nothing behind the last bracket can be a mark, and looking for its end
        # once from every ``[#`` there would take the square of the length.
        for match in _MARK.finditer(text, start, text.rfind("]", start, end) + 1):
            at = bisect_right(starts, match.start()) - 1
            yield Mark(
                start=match.start(),
                source=match[0],
                words=tuple(_WORDS.findall(match["directive"] or "")),
                in_comment=at >= 0 and match.start() < hidden[at][1],
            )


def _html_comments(text: str) -> list[tuple[int, int]]:
    end = text.rfind("-->") + len("-->")
    return [match.span() for match in _HTML_COMMENT.finditer(text, 0, end)]


def _between(spans: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    starts = [0, *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), length]
    return list(zip(starts, ends, strict=True))
