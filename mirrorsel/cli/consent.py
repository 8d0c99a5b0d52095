"""The question whether to go on."""

import sys

import click


def consent(question: str) -> bool:
    """Ask on the terminal; return whether the answer is yes.

    Raises:
        click.ClickException: there is no terminal.

    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        message = (
            "Nothing was written, for there is no terminal to ask on: give --yes to"
            " write it, or --dry-run to see it only."
        )
        raise click.ClickException(message)
    return click.confirm(question)
