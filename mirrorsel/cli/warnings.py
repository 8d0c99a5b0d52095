"""The warnings of a list, for the person at the terminal."""

from pathlib import Path

import click

from mirrorsel.cli.layout import cell
from mirrorsel.lists import Loaded


def print_warnings(loaded: Loaded, path: Path) -> None:
    """Print a list's warnings to standard error, with file, line and column."""
    for problem in loaded.problems:
        if problem.warning:
            text = cell(f"mirrorsel: warning: {problem.at(path)}").plain
            click.echo(text, err=True)
