"""`mirrorsel disable`: a mirror taken out of service, with the reason."""

import sys
from pathlib import Path

import click

from mirrorsel.cli.change_options import mirror_options
from mirrorsel.cli.change_run import Edited, Way, change_list
from mirrorsel.cli.change_values import read_reason
from mirrorsel.cli.chosen import chosen
from mirrorsel.cli.epilog import examples
from mirrorsel.lists import Loaded
from mirrorsel.lists.change import change_lines
from mirrorsel.lists.change_line import Change


@click.command(
    "disable",
    epilog=examples(
        (
            'mirrorsel disable mirror.example.org --reason "disk full until May"',
            "take a mirror out of service within seconds",
        ),
        (
            "mirrorsel disable mirror.example.org --reason moving --dry-run",
            "see what would change in the list",
        ),
    ),
)
@mirror_options
@click.option(
    "--reason",
    required=True,
    metavar="TEXT",
    callback=read_reason,
    help="Why; it stands in the line, and is shown wherever the mirror is.",
)
def command(
    mirror: str,
    config: Path,
    *,
    reason: str,
    backup: bool | None,
    way: Way,
) -> None:
    """Take MIRROR out of service: it is neither probed nor given to anyone.

    MIRROR is a URL, a host, or a part of only one URL. If it is listed twice, once
    as Backup, both lines are changed.
    Only the option `disabled` is added to the line. One that is disabled already
    stays as it is, with its reason.
    Exits with 0, also when there was nothing to do, and with 2 when MIRROR is
    unknown or may be several, or the list cannot be changed.
    """

    def edit(loaded: Loaded) -> Edited:
        found = chosen(mirror, loaded, backup=backup)
        numbers = [one.line for one in found if one.disabled is None]
        change = Change(options={"disabled": reason})
        return Edited(
            text=change_lines(loaded.text, numbers, change),
            notes=tuple(
                f"{one.url} is disabled already, in line {one.line}: {one.disabled}"
                for one in found
                if one.disabled is not None
            ),
        )

    sys.exit(change_list(config, edit, way))
