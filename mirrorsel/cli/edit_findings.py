"""What is wrong with a version of a list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mirrorsel.errors import ListError, Problem
from mirrorsel.lint import Facts, Severity, lint, severity
from mirrorsel.lists import Loaded, parse
from mirrorsel.lists.file import decode
from mirrorsel.lists.worse import brought
from mirrorsel.model import Country, MirrorList


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """A version of a list, as it was understood."""

    text: str
    mirrors: MirrorList = field(default_factory=lambda: MirrorList(mirrors=()))
    """Those of the good lines."""
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> bool:
        """Whether there is an error, with which it would never count."""
        return any(not one.warning for one in self.problems)

    def since(self, before: "Findings") -> tuple[Problem, ...]:
        """Return all errors, and the warnings that an earlier version had not."""
        new = brought(before.problems, self.problems, before.text, self.text)
        levels = [(severity(one), one) for one in self.problems]
        return tuple(
            one
            for level, one in levels
            if level is Severity.ERROR or (level is Severity.WARNING and one in new)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Examiner:
    """What judges the versions of a list."""

    path: Path
    """The list."""
    countries: Mapping[str, Country]
    """All countries by their codes, as in `Mirror.country`."""
    facts: Callable[[Loaded], Facts]
    """Finds out what has to be known besides a list."""

    def examine(self, content: bytes) -> Findings:
        """Return what is understood of a version."""
        try:
            text = decode(self.path, content)
        except ListError as error:
            shown = content.decode(errors="replace")
            return Findings(text=shown, problems=error.problems)
        loaded = parse(text, None, countries=self.countries)
        problems = lint(loaded, self.facts(loaded))
        return Findings(text=text, mirrors=loaded.list, problems=problems)


def first_line(problems: Sequence[Problem]) -> int:
    """Return the line of the first error, else of the first warning; 0 for none."""
    found = sorted(problems, key=lambda one: (one.warning, one.line))
    return next((one.line for one in found if one.line), 0)
