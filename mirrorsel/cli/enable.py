"""`mirrorsel enable`: a mirror put back into service."""

import sys
from pathlib import Path

import click

from mirrorsel.cli.change_options import mirror_options
from mirrorsel.cli.change_run import Edited, Way, change_list
from mirrorsel.cli.chosen import chosen
from mirrorsel.cli.epilog import examples
from mirrorsel.lists import Loaded
from mirrorsel.lists.change import change_lines
from mirrorsel.lists.change_line import Change


@click.command(
    "enable",
    epilog=examples(
        ("mirrorsel enable mirror.example.org", "put a mirror back into service"),
        (
            "mirrorsel list --disabled --urls | xargs -n1 mirrorsel enable",
            "put all of them back",
        ),
    ),
)
@mirror_options
def command(
    mirror: str,
    config: Path,
    *,
    backup: bool | None,
    way: Way,
) -> None:
    """Put MIRROR back into service; clients get it when it was found up.

    MIRROR is a URL, a host, or a part of only one URL. If it is listed twice, once
    as Backup, both lines are changed.
    Only the option `disabled` is taken out of the line.
    Exits with 0, also when it is in service already, and with 2 when MIRROR is
    unknown or may be several, or the list cannot be changed.
    """

    def edit(loaded: Loaded) -> Edited:
        found = chosen(mirror, loaded, backup=backup)
        numbers = [one.line for one in found]
        change = Change(options={"disabled": None})
        return Edited(
            text=change_lines(loaded.text, numbers, change),
            notes=tuple(
                f"{one.url} is in service already, in line {one.line}"
                for one in found
                if one.disabled is None
            ),
        )

    sys.exit(change_list(config, edit, way))
