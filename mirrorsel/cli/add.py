"""`mirrorsel add`: a new mirror, asked before it is listed."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from mirrorsel.cli.add_given import given_mirror, place_given
from mirrorsel.cli.add_run import Wishes, add
from mirrorsel.cli.change_options import way_options, yes_option
from mirrorsel.cli.change_run import Way
from mirrorsel.cli.change_values import (
    read_contact,
    read_options,
    read_place,
    read_url,
)
from mirrorsel.cli.completing import offer_countries
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.sample import advise_own_files
from mirrorsel.config import read_settings


@click.command(
    "add",
    epilog=examples(
        ("mirrorsel add https://mirror.example.org/apache/", "ask it, then list it"),
        (
            "mirrorsel add rsync://mirror.example.org/apache/ --country de --yes",
            "without a question, where GeoIP is wrong",
        ),
        (
            "mirrorsel add mirror.example.org --contact a@example.org weight=50",
            "with all that is known of it",
        ),
    ),
)
@click.argument("url", callback=read_url)
@click.argument("options", nargs=-1, metavar="[NAME=VALUE]...", callback=read_options)
@click.option(
    "--country",
    "place",
    metavar="COUNTRY",
    callback=read_place,
    shell_complete=offer_countries,
    help="Where it is.  [default: where GeoIP puts its host]",
)
@click.option("--backup", is_flag=True, help="List it as a server of last resort.")
@click.option(
    "--contact", metavar="TEXT", callback=read_contact, help="Whom to write to."
)
@click.option(
    "--check/--no-check",
    default=True,
    help="Whether to ask the mirror for all that is asked of mirrors.  [default: ask]",
)
@click.option(
    "--force",
    is_flag=True,
    help="List it in spite of what it answers, or beside another URL of its tree.",
)
@yes_option
@way_options
def command(  # noqa: PLR0913 - one argument for each option
    url: str,
    options: dict[str, str | None],
    config: Path,
    *,
    place: str | None,
    backup: bool,
    contact: str | None,
    check: bool,
    force: bool,
    yes: bool,
    way: Way,
) -> None:
    """Put URL on the list, after it was asked, and after a question.

    By http, the mirror is asked for all that `mirrorsel check --url` asks for; by ftp
    and rsync it is probed once. What does not hold is shown, and a mirror with
    errors is refused.
    Where it is comes from GeoIP: the country, coordinates from a City database, and
    the autonomous system from an ASN database. What is given counts before that;
    NAME=VALUE sets an option of docs/mirrors-list.md.
    The line comes behind the last mirror of its country, laid out as those around
    it; it is shown, with where each value came from, before anything is written.

    Exits with 0 when it was added, with 1 when the mirror is not as it should be or
    the answer was no, and with 2 when it gives no answer, is listed already, its
    country is unknown, or there is no terminal for the question and no --yes.
    """
    given = given_mirror(url, place_given(place, backup=backup), contact, options)
    advise_own_files(config)
    settings = read_settings(config)
    way = replace(way, question="" if yes else "Add it?")
    wishes = Wishes(check=check, force=force, way=way)
    sys.exit(add(settings, config, given, wishes))
