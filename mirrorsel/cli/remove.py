"""`mirrorsel remove`: a mirror taken off the list."""

import sys
from pathlib import Path

import click

from mirrorsel.cli.change_options import (
    dry_run_option,
    preview_option,
    role_option,
    yes_option,
)
from mirrorsel.cli.change_run import Edited, Way, change_list
from mirrorsel.cli.chosen import chosen
from mirrorsel.cli.completing import offer_mirrors
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.lists import Loaded
from mirrorsel.lists.change import remove_lines
from mirrorsel.lists.entries import mirror_lines


@click.command(
    "remove",
    epilog=examples(
        ("mirrorsel remove mirror.example.org", "take a mirror off the list"),
        (
            "mirrorsel remove mirror.example.org --backup --yes",
            "only its line as Backup, without a question",
        ),
    ),
)
@click.argument("mirror", shell_complete=offer_mirrors)
@role_option
@yes_option
@preview_option
@dry_run_option
@config_option
@json_option
def command(  # noqa: PLR0913 - one argument for each option
    mirror: str,
    config: Path,
    *,
    backup: bool | None,
    yes: bool,
    preview: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take the lines of MIRROR out of the list, after a question.

    MIRROR is a URL, a host, or a part of only one URL. If it is listed twice, once
    as Backup, both lines go; further lines with its URL, which do not count, go too.
    Comments on lines of their own stay.
    To take a mirror out of service for a while, use `mirrorsel disable`.
    Exits with 0 when it was done, with 1 when the answer was no, and with 2 when
    MIRROR is unknown or may be several, the list cannot be changed, or there is no
    terminal for the question and no --yes.
    """

    def edit(loaded: Loaded) -> Edited:
        found = {(one.url, one.backup) for one in chosen(mirror, loaded, backup=backup)}
        lines = mirror_lines(loaded.text).items()
        numbers = [number for number, one in lines if (one.url, one.backup) in found]
        return Edited(text=remove_lines(loaded.text, numbers))

    way = Way(
        question="" if yes else "Remove what is shown?",
        preview=preview,
        dry_run=dry_run,
        as_json=as_json,
    )
    sys.exit(change_list(config, edit, way))
