"""The text of a template after its server-side includes."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from mirrorsel.errors import Problem
from mirrorsel.pages.excerpt import excerpt
from mirrorsel.pages.formats import decode
from mirrorsel.pages.limits import LARGEST_SOURCE, MOST_FILES
from mirrorsel.pages.lines import Lines

_INCLUDE = re.compile(
    r"<!--#include\s++virtual=(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)')\s*+-->",
    re.ASCII,
)
_MEBIBYTE = 2**20


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What is wrong with a server-side include, and its offset in the file."""

    message: str
    origin: int


class Source:
    """A text of which every place can be found in its file."""

    def __init__(
        self,
        original: str,
        pieces: tuple[Piece, ...],
        flaws: tuple[Flaw, ...],
        size: int,
    ) -> None:
        self.text = "".join(piece.text for piece in pieces)
        """The whole, with what is included."""
        self.included = len(pieces) // 2
        """How many files were put in."""
        self.size = size
        """How many bytes were read, of the file and of those that it names."""
        self._pieces = pieces
        self._starts = [piece.start for piece in pieces]
        self._lines = Lines(original)
        self._inner: dict[int, Lines] = {}
        self._flaws = flaws

    def line(self, offset: int) -> int:
        """Return the line of the file itself where an offset of the whole stands."""
        piece = self._pieces[self._piece(offset)]
        inside = 0 if piece.included else offset - piece.start
        return self._lines.place(piece.origin + inside)[0]

    def problem(self, message: str, offset: int, *, warning: bool = False) -> Problem:
        """Return a problem of what stands at an offset of the whole."""
        number = self._piece(offset)
        piece = self._pieces[number]
        inside = offset - piece.start
        if not piece.included:
            return self._problem(message, piece.origin + inside, warning=warning)
        if number not in self._inner:
            self._inner[number] = Lines(piece.text)
        line, _ = self._inner[number].place(inside)
        message = f"in `{excerpt(piece.included)}`, line {line}: {message}"
        return self._problem(message, piece.origin, warning=warning)

    def problems(self) -> tuple[Problem, ...]:
        """Return a problem for each file that could not be included."""
        return tuple(self._problem(one.message, one.origin) for one in self._flaws)

    def _piece(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _problem(self, message: str, origin: int, *, warning: bool = False) -> Problem:
        line, column = self._lines.place(origin)
        return Problem(message=message, line=line, column=column, warning=warning)


def expand(file: bytes, read: Callable[[str], bytes | None]) -> Source:
    """Replace ``<!--#include virtual="NAME" -->`` by the file of that name.

    A file for which `read` gives None counts as empty. An included text is not
    searched again, and other server-side includes stay. So do the first one that
    is beyond a limit and all that follow it.
    """
    original = decode(file)
    pieces: list[Piece] = []
    flaws: list[Flaw] = []
    done = start = 0
    size = len(file)
    for count, match in enumerate(_INCLUDE.finditer(original)):
        name = match["double"] or match["single"] or ""
        content = read(name) if count < MOST_FILES else b""
        size += len(content or b"")
        if message := _flaw(name, content, count, size):
            flaws.append(Flaw(message=message, origin=match.start()))
        if count == MOST_FILES or size > LARGEST_SOURCE:
            break
        before = Piece(start=start, origin=done, text=original[done : match.start()])
        start += len(before.text)
        text = decode(content or b"")
        pieces += (
            before,
            Piece(start=start, origin=match.start(), text=text, included=name),
        )
        start += len(text)
        done = match.end()
    pieces.append(Piece(start=start, origin=done, text=original[done:]))
    return Source(original, tuple(pieces), tuple(flaws), size)


def _flaw(name: str, content: bytes | None, count: int, size: int) -> str:
    """Return what is wrong with an include, given what it would make of the whole."""
    rest = "this include and all below it stay as they stand"
    if count == MOST_FILES:
        return f"more than {MOST_FILES} files are included; {rest}"
    if size > LARGEST_SOURCE:
        most = f"the page becomes larger than {LARGEST_SOURCE // _MEBIBYTE} MiB"
        return f"with `{excerpt(name)}` {most}; {rest}"
    return f"the file `{excerpt(name)}` cannot be read" if content is None else ""
