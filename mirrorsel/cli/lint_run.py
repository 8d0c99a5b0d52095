"""Lists that are read and judged."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mirrorsel.errors import ListError, Problem
from mirrorsel.lint import Facts, lint
from mirrorsel.lists import Loaded, parse
from mirrorsel.lists.file import LARGEST, decode
from mirrorsel.model import Country
from mirrorsel.regular import MEBIBYTE, read_regular

STDIN = Path("-")
"""The name that stands for standard input."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linted:
    """What came of one list."""

    name: str
    """The file, for a person."""
    text: str
    """What was read."""
    mirrors: int
    """How many mirrors are on good lines."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A list that was read, before it is judged."""

    name: str
    text: str
    loaded: Loaded | None
    """None if it is not UTF-8."""
    problem: Problem | None = None
    """Why it is not."""

    def judged(self, facts: Facts) -> Linted:
        """Return what is wrong with it."""
        problems: tuple[Problem, ...] = (self.problem,) if self.problem else ()
        if self.loaded is not None:
            problems = lint(self.loaded, facts)
        return Linted(
            name=self.name,
            text=self.text,
            mirrors=len(self.loaded.list.mirrors) if self.loaded else 0,
            problems=problems,
        )


def read_source(path: Path, countries: Mapping[str, Country]) -> Source:
    """Read a list from a file, or from standard input.

    Raises:
        ListError: it cannot be read, or is larger than 16 MiB.

    """
    name = "<stdin>" if path == STDIN else str(path)
    content = _read_stdin() if path == STDIN else _read(path)
    try:
        text = decode(path, content)
    except ListError as error:
        shown = content.decode(errors="replace")
        return Source(name=name, text=shown, loaded=None, problem=error.problems[0])
    return Source(name=name, text=text, loaded=parse(text, None, countries=countries))


def _read(path: Path) -> bytes:
    try:
        return read_regular(path, largest=LARGEST)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error


def _read_stdin() -> bytes:
    try:
        content = sys.stdin.buffer.read(LARGEST + 1)
    except OSError as error:
        raise _unreadable(STDIN, error.strerror or str(error)) from error
    if len(content) > LARGEST:
        raise _unreadable(STDIN, f"it is larger than {LARGEST // MEBIBYTE} MiB")
    return content


def _unreadable(path: Path, why: str) -> ListError:
    problem = Problem(message=f"cannot be read: {why}", code="unreadable-file")
    return ListError(path, problem)
