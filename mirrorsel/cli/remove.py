"""`mirrorsel remove`: a mirror taken off the list."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from mirrorsel.cli.change_options import mirror_options, yes_option
from mirrorsel.cli.change_run import Edited, Way, change_list
from mirrorsel.cli.chosen import chosen
from mirrorsel.cli.epilog import examples
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
@mirror_options
@yes_option
def command(
    mirror: str,
    config: Path,
    *,
    backup: bool | None,
    yes: bool,
    way: Way,
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

    question = "" if yes else "Remove what is shown?"
    sys.exit(change_list(config, edit, replace(way, question=question)))
