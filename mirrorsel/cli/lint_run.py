"""Lists that are read and judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mirrorsel.cli.list_bytes import read_bytes, shown_path
from mirrorsel.errors import ListError, Problem
from mirrorsel.lint import Facts, lint
from mirrorsel.lists import Loaded, parse
from mirrorsel.lists.file import decode
from mirrorsel.model import Country


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
    name, content = shown_path(path), read_bytes(path)
    try:
        text = decode(name, content)
    except ListError as error:
        shown = content.decode(errors="replace")
        problem = error.problems[0]
        return Source(name=str(name), text=shown, loaded=None, problem=problem)
    loaded = parse(text, None, countries=countries)
    return Source(name=str(name), text=text, loaded=loaded)
