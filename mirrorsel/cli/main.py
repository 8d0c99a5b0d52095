"""The program `mirrorsel`: its verbs and what every verb has in common."""

import sys
from collections.abc import Sequence

import click

from mirrorsel.cli import audit, check, checker, explain, lint_pages, serve, status
from mirrorsel.cli.exits import CANNOT_TELL
from mirrorsel.errors import MirrorselError

_HELP = """Choose the nearest healthy download mirror, inside Apache httpd.

Every verb exits with 0 when all is good, 1 when it has findings, and 2 when it
cannot tell or was used wrongly.
"""


@click.group(help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mirrorsel")
def _program() -> None:
    """Hold the verbs together."""


for _verb in (serve, checker, check, status, explain, lint_pages, audit):
    _program.add_command(_verb.command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one verb and leave with its exit code; errors are one or a few lines."""
    try:
        _program.main(arguments, prog_name="mirrorsel")
    except MirrorselError as error:
        click.echo(f"mirrorsel: {error}", err=True)
        sys.exit(CANNOT_TELL)
