"""Options that the verbs which change the list share."""

from collections.abc import Callable
from functools import wraps

import click

from mirrorsel.cli.change_run import Way
from mirrorsel.cli.completing import offer_mirrors
from mirrorsel.cli.options import Command, config_option, json_option


def yes_option(command: Command) -> Command:
    """Add `--yes`; the verb gets it as `yes`."""
    return click.option(
        "-y", "--yes", is_flag=True, help="Write without asking; needed in scripts."
    )(command)


def role_option(command: Command) -> Command:
    """Add `--backup`; the verb gets it as `backup`, None where nothing was said."""
    return click.option(
        "--backup/--no-backup",
        default=None,
        help="Of a URL that is listed twice, change only the line that is Backup, or"
        " only the other.  [default: both]",
    )(command)


def way_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add what all verbs share that change the list.

    The verb gets `config` and, for all that says how the list is edited, `way`.
    """

    @wraps(command)
    def run(*, preview: bool, dry_run: bool, as_json: bool, **others: object) -> None:
        way = Way(preview=preview, dry_run=dry_run, as_json=as_json)
        command(way=way, **others)

    made: Callable[..., None] = config_option(json_option(run))
    made = click.option(
        "--dry-run", is_flag=True, help="Print the change as a diff, write nothing."
    )(made)
    return click.option(
        "--preview",
        is_flag=True,
        help="Show what it changes for the world, as `mirrorsel preview` does.",
    )(made)


def mirror_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add what verbs on the lines of one mirror share.

    The verb gets `mirror`, `backup`, and what `way_options` gives.
    """
    made = role_option(way_options(command))
    return click.argument("mirror", shell_complete=offer_mirrors)(made)
