"""What an edit makes of a list, judged before it is written."""

from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from mirrorsel.cli.line_diff import steps
from mirrorsel.errors import MOST_PROBLEMS, ListError, Problem
from mirrorsel.lint import Facts, Severity, lint, severity
from mirrorsel.lists import Loaded
from mirrorsel.lists.entries import Lines
from mirrorsel.lists.worse import brought


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """One line before and after."""

    line: int
    """Its number in the new list; in the old one if it is removed."""
    before: str | None
    """None for a new line."""
    after: str | None
    """None for one that is removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What an edit makes of a list."""

    before: Loaded
    after: Loaded
    lines: tuple[LineChange, ...]
    """What changes; empty if nothing does."""
    errors: tuple[Problem, ...]
    """Why it must not be written: the errors that it brings."""
    warnings: tuple[Problem, ...]
    """What is to be warned of and was not before."""


def made(path: Path, before: Loaded, after: Loaded, facts: Facts) -> Made:
    """Return what an edit makes of a list.

    Errors that the list has elsewhere are none that it brings; see `Made.before`.

    Args:
        path: The list.
        before: What it says.
        after: What it is to say.
        facts: What has to be known besides, to judge both.

    Raises:
        ListError: the list has more errors already than can be told apart.

    """
    if len(before.errors) > MOST_PROBLEMS:
        raise ListError(path, *before.errors)
    problems = brought(lint(before, facts), lint(after, facts), before.text, after.text)
    levels = [(severity(one), one) for one in problems]
    return Made(
        before=before,
        after=after,
        lines=tuple(_changes(before.text, after.text)),
        errors=tuple(one for level, one in levels if level is Severity.ERROR),
        warnings=tuple(one for level, one in levels if level is Severity.WARNING),
    )


def _changes(before: str, after: str) -> list[LineChange]:
    old, new = Lines.of(before).contents, Lines.of(after).contents
    found = []
    for tag, *places in steps(old, new):
        if tag == "equal":
            continue
        start, end, new_start, new_end = places
        pairs = zip_longest(range(start, end), range(new_start, new_end))
        for one, other in pairs:
            found.append(_change(old, new, one, other))
    return found


def _change(
    old: tuple[str, ...], new: tuple[str, ...], one: int | None, other: int | None
) -> LineChange:
    number = one if other is None else other
    return LineChange(
        line=(number or 0) + 1,
        before=None if one is None else old[one],
        after=None if other is None else new[other],
    )
