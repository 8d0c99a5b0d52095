"""What is wrong with a version of a list."""

from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from mirrorsel.errors import ListError, Problem
from mirrorsel.lists.file import decode
from mirrorsel.lists.reader import parse
from mirrorsel.model import MirrorList


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """A version of a list, as it was understood."""

    text: str
    mirrors: MirrorList
    """Those of the good lines."""
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> bool:
        """Whether it would never count."""
        return any(not one.warning for one in self.problems)

    @property
    def line(self) -> int:
        """The line of the first error, else of the first warning; 0 for none."""
        found = sorted(self.problems, key=lambda one: (one.warning, one.line))
        return next((one.line for one in found if one.line), 0)


def examine(path: Path, content: bytes, countries: Container[str]) -> Findings:
    """Return what is understood of a version of the list at a path."""
    try:
        text = decode(path, content)
    except ListError as error:
        return Findings(
            text=content.decode(errors="replace"),
            mirrors=MirrorList(mirrors=()),
            problems=error.problems,
        )
    loaded = parse(text, None, countries=countries)
    return Findings(text=text, mirrors=loaded.list, problems=loaded.problems)
