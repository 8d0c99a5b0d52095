"""The warnings of a list, for the person at the terminal."""

from pathlib import Path

from mirrorsel.cli.complaint import complain
from mirrorsel.lists import Loaded


def print_warnings(loaded: Loaded, path: Path) -> None:
    """Print a list's warnings to standard error, with file, line and column."""
    for problem in loaded.problems:
        if problem.warning:
            complain(f"warning: {problem.at(path)}")
