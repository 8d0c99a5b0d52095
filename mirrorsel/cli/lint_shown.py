"""The problems of a list, for a person."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from mirrorsel.cli.layout import cell, make_console
from mirrorsel.cli.lint_excerpt import excerpt
from mirrorsel.cli.lint_run import Linted
from mirrorsel.errors import Problem
from mirrorsel.lint import Severity, severity
from mirrorsel.lists.reader import MARK
from mirrorsel.words import counted

_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.NOTE: "bold cyan",
}
_MOST_ALIKE = 10
_NUMBER = 5
_WIDTH_OF_A_PIPE = 120


def show_files(linted: Sequence[Linted], *, show_all: bool) -> None:
    """Print what is wrong; where that is nothing, one line to a terminal alone."""
    console = make_console()
    told = False
    for one in linted:
        shown, more = (one.problems, "") if show_all else in_brief(one.problems)
        show_problems(console, one.name, one.text, shown)
        told = told or bool(shown)
        if more and (shown or console.is_terminal):
            console.print(cell(f"{one.name}: {more}", "dim"), soft_wrap=True)
    if told or console.is_terminal:
        problems = [problem for one in linted for problem in one.problems]
        mirrors = counted(sum(one.mirrors for one in linted), "mirror")
        console.print(cell(f"{totals(problems)} in {mirrors}"), soft_wrap=True)


def show_problems(
    console: Console, path: object, text: str, problems: Sequence[Problem]
) -> None:
    """Print problems, each with its line and a mark under its place.

    Args:
        console: Where to.
        path: The name of the file.
        text: What was read from it.
        problems: Those of this text.

    """
    lines = text.removeprefix(MARK).split("\n")
    for one in problems:
        # A program that reads a pipe wants each problem on one line.
        console.print(_head(path, one), soft_wrap=not console.is_terminal)
        if 0 < one.line <= len(lines) and one.column:
            _show_line(console, lines[one.line - 1], one)


def in_brief(problems: Sequence[Problem]) -> tuple[tuple[Problem, ...], str]:
    """Return what is worth reading first, and how much more of what there is.

    All errors are, no notes, and the first ten warnings of each kind.
    """
    shown: list[Problem] = []
    seen: Counter[str] = Counter()
    for one in problems:
        level = severity(one)
        if level is Severity.ERROR:
            shown.append(one)
            continue
        seen[one.code] += 1
        if level is Severity.WARNING and seen[one.code] <= _MOST_ALIKE:
            shown.append(one)
    left = seen - Counter(one.code for one in shown if one.warning)
    more = ", ".join(f"{number:,} {code}" for code, number in sorted(left.items()))
    return tuple(shown), f"--all shows more: {more}" if more else ""


def totals(problems: Sequence[Problem]) -> str:
    """Return how many problems there are of each severity that has any."""
    levels = Counter(severity(one) for one in problems)
    known = [counted(levels[one], one) for one in (Severity.ERROR, Severity.WARNING)]
    notes = levels[Severity.NOTE]
    return ", ".join([*known, *([counted(notes, Severity.NOTE)] if notes else [])])


def _head(path: object, problem: Problem) -> Text:
    level = severity(problem)
    numbers = (number for number in (problem.line, problem.column) if number)
    place = ":".join([str(path), *map(str, numbers)])
    return Text.assemble(
        cell(f"{place}: ", "bold"),
        cell(f"{level}: ", _STYLES[level]),
        cell(problem.message),
        cell(f" [{problem.code}]", "dim"),
    )


def _show_line(console: Console, line: str, problem: Problem) -> None:
    margin = f"{problem.line:>{_NUMBER}} | "
    width = console.width if console.is_terminal else _WIDTH_OF_A_PIPE
    found = excerpt(line, problem.column, width - len(margin))
    blank = " " * (len(margin) - 2)
    style = _STYLES[severity(problem)]
    below = Text.assemble(cell(f"{blank}| ", "dim"), cell(found.marks, style))
    console.print(Text.assemble(cell(margin, "dim"), cell(found.line)), soft_wrap=True)
    console.print(below, soft_wrap=True)
