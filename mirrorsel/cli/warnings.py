"""The warnings of a list, for the person at the terminal."""

from pathlib import Path

from mirrorsel.cli.complaint import complain
from mirrorsel.lists import Loaded


def print_warnings(loaded: Loaded, path: Path) -> None:
    """Print a list's warnings to standard error, with file, line and column."""
    for one in warnings_of(loaded, path):
        complain(one)


def warnings_of(loaded: Loaded, path: Path) -> tuple[str, ...]:
    """Return a list's warnings, with file, line and column."""
    return tuple(
        f"warning: {problem.at(path)}" for problem in loaded.problems if problem.warning
    )
