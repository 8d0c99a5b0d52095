"""The program `mirrorsel`: its verbs and what every verb has in common."""

import os
import sys
from collections.abc import Sequence

import click

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.exits import CANNOT_TELL
from mirrorsel.cli.verb_group import VerbGroup
from mirrorsel.cli.verbs import SECTIONS
from mirrorsel.errors import MirrorselError

_HELP = """Choose the nearest healthy download mirror, inside Apache httpd.

Every verb exits with 0 when all is good, 1 when it has findings, and 2 when it
cannot tell or was used wrongly.
"""


class _Program(VerbGroup):
    """The verbs, of which one is run."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb; leave with 2 when nobody reads what it prints any more.

        Click itself would leave with 1, which says that there are findings.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _discard_output()
            ctx.exit(CANNOT_TELL)


@click.group(
    cls=_Program,
    sections=SECTIONS,
    help=_HELP,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="mirrorsel")
def program() -> None:
    """Hold the verbs together."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one verb and leave with its exit code; errors are one or a few lines."""
    try:
        code = program.main(arguments, prog_name="mirrorsel", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = CANNOT_TELL
    except click.Abort:
        complain("interrupted")
        code = CANNOT_TELL
    except MirrorselError as error:
        complain(error)
        code = CANNOT_TELL
    sys.exit(code)


def _discard_output() -> None:
    """Lead standard output nowhere: Python still writes to it what it has left."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
