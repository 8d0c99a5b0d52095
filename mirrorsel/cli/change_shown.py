"""The changes of a list, shown to a person or a program."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import click
import msgspec
from rich.console import Console

from mirrorsel.cli.change_made import LineChange, Made
from mirrorsel.cli.json_shown import print_json
from mirrorsel.cli.layout import cell
from mirrorsel.cli.line_diff import unified

_NO_END = "\n\\ No newline at end of file\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The output of a verb that changes the list, with `--json`."""

    file: str
    """The list."""
    written: bool
    lines: tuple[LineChange, ...] = ()
    """What changes; empty if nothing does."""
    notes: tuple[str, ...] = ()
    """What there is to say of it, in words."""
    errors: tuple[str, ...] = ()
    """Why nothing was written, with file, line and column; empty if all is well."""
    warnings: tuple[str, ...] = ()
    """What the edit brings that is to be warned of, with file, line and column."""
    diff: str = ""
    """The change as a unified diff."""
    kept: str | None = None
    """Where the version before is kept, if anything was written."""
    preview: msgspec.Raw | None = None
    """What it changes for the world, with `--preview`; see `mirrorsel preview`."""
    about: object = None
    """Of `add`, where the facts came from and what the mirror answered."""


def print_report(report: Report) -> None:
    """Print a change for programs."""
    print_json(report)


def print_lines(console: Console, file: str, made: Made) -> None:
    """Print each line before and after, as it looks in an editor."""
    for one in made.lines:
        console.print(cell(f"{file}:{one.line}", "bold"), soft_wrap=True)
        for sign, content, style in (
            ("-", one.before, "red"),
            ("+", one.after, "green"),
        ):
            if content is not None:
                shown = f"{sign} {content.rstrip().expandtabs(8)}"
                console.print(cell(shown, style), soft_wrap=True)


def print_diff(file: str, made: Made) -> None:
    """Print a change as a diff: as it is for a program, safely for a terminal."""
    for line in diff_of(file, made).split("\n")[:-1]:
        shown = cell(line.expandtabs(8)).plain if sys.stdout.isatty() else line
        click.echo(shown)


def diff_of(file: str, made: Made) -> str:
    """Return a change as a unified diff, which `patch` takes."""
    return "".join(_diff(file, made))


def _diff(file: str, made: Made) -> Iterator[str]:
    before, after = (_lines(one.text) for one in (made.before, made.after))
    if before == after:
        return
    yield f"--- {file}\n+++ {file}\n"
    for line in unified(before, after):
        end = "\n" if line.startswith("@@") else _NO_END
        yield line if line.endswith("\n") else f"{line}{end}"


def _lines(text: str) -> list[str]:
    # `str.splitlines` knows more ends of lines than a list has.
    *lines, rest = text.split("\n")
    return [*(f"{one}\n" for one in lines), *([rest] if rest else [])]
