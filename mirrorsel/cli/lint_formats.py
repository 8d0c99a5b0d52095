"""The problems of lists, for programs."""

from collections.abc import Iterable
from dataclasses import dataclass

from mirrorsel.cli.lint_run import Linted
from mirrorsel.errors import Problem
from mirrorsel.lint import Severity, severity

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One problem in the output of `mirrorsel lint --json`."""

    file: str
    line: int
    """Counted from 1; 0 when the whole file is meant."""
    column: int
    """In characters, counted from 1; 0 when the whole line is meant."""
    severity: Severity
    code: str
    message: str


def told_of(files: Iterable[Linted]) -> list[Told]:
    """Return all problems of all files as `mirrorsel lint --json` prints them."""
    return [
        Told(
            file=one.name,
            line=problem.line,
            column=problem.column,
            severity=severity(problem),
            code=problem.code,
            message=problem.message,
        )
        for one in files
        for problem in one.problems
    ]


def github_of(files: Iterable[Linted]) -> str:
    """Return all problems of all files as workflow commands of GitHub Actions."""
    return "".join(
        f"{_command(one.name, problem)}\n" for one in files for problem in one.problems
    )


def _command(file: str, problem: Problem) -> str:
    places = {"file": file, "line": problem.line, "col": problem.column}
    properties = {**places, "title": problem.code}
    written = ",".join(
        f"{name}={_property(str(value))}" for name, value in properties.items() if value
    )
    return f"::{_COMMANDS[severity(problem)]} {written}::{_data(problem.message)}"


def _data(text: str) -> str:
    """Escape what would end the command, as the runner of GitHub reads it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
