"""The way of an edit from the list to the list."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from pathlib import Path

import click

from mirrorsel.cli.change_made import Made, made
from mirrorsel.cli.change_shown import (
    Report,
    diff_of,
    print_diff,
    print_lines,
    print_report,
)
from mirrorsel.cli.complaint import complain
from mirrorsel.cli.consent import consent
from mirrorsel.cli.exits import FINDINGS, GOOD
from mirrorsel.cli.layout import cell, make_console
from mirrorsel.lists import Loaded, parse
from mirrorsel.lists.file import decode
from mirrorsel.lists.install import Held

# Other verbs are done within moments; an editor is not.
_PATIENCE = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What an edit makes of a list's text."""

    text: str
    notes: tuple[str, ...] = ()
    """What there is to say of it, in words."""


Edit = Callable[[Loaded], Text]
"""Makes a text of a list; raises what tells that it cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How an edit is made."""

    question: str = ""
    """What to ask before anything is written; empty to ask nothing."""
    dry_run: bool = False
    as_json: bool = False


def run(path: Path, edit: Edit, way: Way, countries: Container[str]) -> int:
    """Change a list, or say what would change; return the exit code.

    Args:
        path: The list.
        edit: What to make of it.
        way: How.
        countries: The known countries, as in `parse`.

    Raises:
        ListError: the list cannot be read or written, or the edit brings errors.
        click.UsageError: there is a question, and no terminal to ask it on.

    """
    with Held(path, patience=_PATIENCE) as held:
        text = decode(path, held.content)
        before = parse(text, None, countries=countries)
        edited = edit(before)
        change = made(path, before, edited.text, countries)
        _warn(path, change)
        if not way.as_json:
            _show(path, change, edited.notes, way)
        if not change.lines or way.dry_run:
            return _end(path, change, edited.notes, way)
        if way.question and not _agreed(way):
            click.echo("Nothing was written.")
            return FINDINGS
        held.replace(edited.text.encode())
        return _end(path, change, edited.notes, way, kept=held.kept)


def _warn(path: Path, change: Made) -> None:
    for problem in change.warnings:
        complain(f"warning: {problem.at(path)}")
    errors = change.before.errors
    for problem in errors:
        complain(f"warning: not mended by this: {problem.at(path)}")
    if errors:
        complain("warning: with errors like these, the list is not in force")


def _show(path: Path, change: Made, notes: tuple[str, ...], way: Way) -> None:
    console = make_console()
    if way.dry_run:
        print_diff(str(path), change)
    else:
        print_lines(console, str(path), change)
    for note in notes:
        console.print(cell(note), soft_wrap=True)


def _agreed(way: Way) -> bool:
    if way.as_json:
        message = "With --json nothing is asked: give --yes to write it."
        raise click.UsageError(message)
    return consent(way.question)


def _end(
    path: Path,
    change: Made,
    notes: tuple[str, ...],
    way: Way,
    *,
    kept: Path | None = None,
) -> int:
    if way.as_json:
        print_report(
            Report(
                file=str(path),
                written=kept is not None,
                lines=change.lines,
                notes=notes,
                warnings=tuple(one.at(path) for one in change.warnings),
                diff=diff_of(str(path), change),
                kept=str(kept) if kept else None,
            )
        )
    elif kept:
        click.echo(f"Written; the version before is kept as {kept}.")
    return GOOD
