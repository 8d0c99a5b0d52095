"""What a verb has to complain of, for the person at the terminal."""

import click

from mirrorsel.cli.layout import cell


def complain(problem: object) -> None:
    """Print a problem to standard error, each of its lines with the program's name."""
    for line in str(problem).splitlines():
        click.echo(cell(f"mirrorsel: {line}").plain, err=True)
