"""The text of a template after its server-side includes."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from mirrorsel.errors import Problem
from mirrorsel.pages.excerpt import excerpt

_INCLUDE = re.compile(
    r"<!--#include\s++virtual=(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)')\s*+-->",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text that came from one place."""

    start: int
    """Its offset in the whole."""
    origin: int
    """The offset, in the file itself, where it stands or is included."""
    text: str
    included: str = ""
    """The name of the file that it is included from."""


class Source:
    """A text of which every place can be found in its file."""

    def __init__(
        self,
        original: str,
        pieces: tuple[Piece, ...],
        missing: tuple[tuple[str, int], ...] = (),
    ) -> None:
        self.text = "".join(piece.text for piece in pieces)
        """The whole, with what is included."""
        self._pieces = pieces
        self._starts = [piece.start for piece in pieces]
        self._lines = [0, *(match.end() for match in re.finditer("\n", original))]
        self._missing = missing

    def problem(self, message: str, offset: int, *, warning: bool = False) -> Problem:
        """Return a problem of what stands at an offset of the whole."""
        piece = self._pieces[bisect_right(self._starts, offset) - 1]
        inside = offset - piece.start
        if not piece.included:
            return self._problem(message, piece.origin + inside, warning=warning)
        line = piece.text.count("\n", 0, inside) + 1
        message = f"in `{excerpt(piece.included)}`, line {line}: {message}"
        return self._problem(message, piece.origin, warning=warning)

    def problems(self) -> tuple[Problem, ...]:
        """Return a problem for each file that could not be included."""
        return tuple(
            self._problem(f"the file `{excerpt(name)}` cannot be read", origin)
            for name, origin in self._missing
        )

    def _problem(self, message: str, origin: int, *, warning: bool = False) -> Problem:
        line = bisect_right(self._lines, origin)
        column = origin - self._lines[line - 1] + 1
        return Problem(message=message, line=line, column=column, warning=warning)


def expand(original: str, read: Callable[[str], str | None]) -> Source:
    """Replace ``<!--#include virtual="NAME" -->`` by the file of that name.

    A file for which `read` gives None counts as empty. An included text is not
    searched again, and other server-side includes stay.
    """
    pieces: list[Piece] = []
    missing: list[tuple[str, int]] = []
    done = start = 0
    for match in _INCLUDE.finditer(original):
        name = match["double"] or match["single"] or ""
        text = read(name)
        if text is None:
            missing.append((name, match.start()))
        before = Piece(start=start, origin=done, text=original[done : match.start()])
        start += len(before.text)
        included = Piece(
            start=start, origin=match.start(), text=text or "", included=name
        )
        start += len(included.text)
        pieces += before, included
        done = match.end()
    pieces.append(Piece(start=start, origin=done, text=original[done:]))
    return Source(original, tuple(pieces), tuple(missing))
