"""How the outcome of `mirrorsel init` is shown."""

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import click
from rich.console import Console
from rich.text import Text

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.init_result import Result
from mirrorsel.cli.layout import cell, make_console, print_rows
from mirrorsel.instance.steps import Step
from mirrorsel.instance.trial import Trial
from mirrorsel.instance.writing import Outcome, Written

_FORMAT = 1
_WORDS: Mapping[Outcome, tuple[str, str, str]] = MappingProxyType(
    {
        Outcome.MADE: ("made", "", "green"),
        Outcome.SAME: ("there", "as it would be written", "dim"),
        Outcome.KEPT: ("kept", "differs from what would be written", "yellow"),
    }
)


def print_result(result: Result, *, diff: bool) -> None:
    """Print it; what is wrong goes to standard error.

    Args:
        result: What was done, found and left.
        diff: Whether to show how files that are there differ.

    """
    console = make_console()
    _line(console, str(result.folder), "bold")
    print_rows(console, [_row(result, one) for one in result.made.files])
    for one in result.made.files:
        if diff and one.difference:
            _print_difference(console, one)
    if not diff and any(one.difference for one in result.made.files):
        _heading(console, "--diff shows how; nothing that was there has been changed.")
    _print_trial(console, result.trial)
    _print_steps(console, result.steps)
    for warning in result.warnings:
        complain(f"warning: {warning}")
    if result.advice:
        complain(f"{result.advice}; then run `mirrorsel init` again for the rest")


def print_json(result: Result) -> None:
    """Print it as an object for programs."""
    trial = result.trial
    document = {
        "format": _FORMAT,
        "folder": str(result.folder),
        "files": [
            {"path": str(one.path), "outcome": _WORDS[one.outcome][0]}
            for one in result.made.files
        ],
        "warnings": list(result.warnings),
        "configtest": trial and {"accepted": trial.accepted, "said": trial.words},
        "advice": result.advice,
        "steps": [
            {
                "purpose": one.purpose,
                "optional": one.optional,
                "commands": [list(command) for command in one.commands],
            }
            for one in result.steps
        ],
    }
    click.echo(json.dumps(document, indent=2))


def _row(result: Result, one: Written) -> list[Text]:
    word, more, style = _WORDS[one.outcome]
    path = one.path.relative_to(result.folder)
    return [cell(word, style), cell(path), cell(more, style)]


def _print_difference(console: Console, one: Written) -> None:
    console.print()
    for line in one.difference.splitlines():
        style = {"+": "green", "-": "red"}.get(line[:1], "")
        _line(console, line, style)


def _print_trial(console: Console, trial: Trial | None) -> None:
    if trial is None:
        return
    word, style = ("good", "green") if trial.accepted else ("refused", "bold red")
    _heading(console, f"httpd's test of these pieces: {word}", style)
    for line in trial.words.splitlines():
        _line(console, f"  {line}", "dim")


def _print_steps(console: Console, steps: tuple[Step, ...]) -> None:
    if not steps:
        return
    _heading(console, "Next, as root:", "bold")
    for line in lines_of_steps(steps):
        _line(console, line, "dim" if line.startswith("  #") else "")


def lines_of_steps(steps: tuple[Step, ...]) -> Iterator[str]:
    """Yield lines that a shell can be given as they are."""
    for one in steps:
        yield ""
        yield f"  # {one.purpose}{' (if you wish)' if one.optional else ''}"
        yield from (f"  {'# ' if one.optional else ''}{line}" for line in one.lines)


def _heading(console: Console, words: str, style: str = "") -> None:
    console.print()
    _line(console, words, style)


def _line(console: Console, words: str, style: str = "") -> None:
    console.print(cell(words, style), soft_wrap=True)
