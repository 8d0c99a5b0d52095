"""`mirrorsel list`: the mirrors of the list, or some of them."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.text import Text

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.completing import offer_countries
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import FINDINGS, GOOD
from mirrorsel.cli.json_shown import print_json
from mirrorsel.cli.layout import cell, make_console, print_rows
from mirrorsel.cli.list_found import Filters, Listed, StateFilter, listed
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.cli.sample import advise_own_files
from mirrorsel.cli.standing_shown import style_of
from mirrorsel.cli.state import snapshot_of
from mirrorsel.config import read_settings
from mirrorsel.geo import load_countries
from mirrorsel.lists import load
from mirrorsel.lists.line import option_words
from mirrorsel.lists.options import read_country
from mirrorsel.model import Kind
from mirrorsel.words import where

_HEADS = ("line", "state", "where", "type", "mirror", "options")


def _read_countries(
    _context: click.Context, _option: click.Parameter, written: Sequence[str]
) -> frozenset[str]:
    return frozenset(map(_read_country, written))


def _read_country(written: str) -> str:
    try:
        return read_country(written)
    except ValueError as error:
        message = f"{written!r} is no country code of two letters; see --backup too."
        raise click.BadParameter(message) from error


@click.command(
    "list",
    epilog=examples(
        ("mirrorsel list --country de --country fr", "the mirrors of two countries"),
        ("mirrorsel list --state down --state stale", "those that are of no use now"),
        ("mirrorsel list --kind rsync --urls", "bare URLs, for a script"),
        ("mirrorsel list weight= example.org", "lines with both of these in them"),
    ),
)
@click.argument("texts", metavar="[TEXT]...", nargs=-1)
@click.option(
    "--country",
    "countries",
    metavar="COUNTRY",
    multiple=True,
    callback=_read_countries,
    shell_complete=offer_countries,
    help="Only those of this country; may be given again.",
)
@click.option(
    "--state",
    "states",
    type=click.Choice([one.value for one in StateFilter]),
    multiple=True,
    help="Only those that stand like this, by the checker's snapshot; may be given"
    " again. `up` has those that are stale too, `down` those in quarantine.",
)
@click.option("--disabled", is_flag=True, help="The same as --state disabled.")
@click.option(
    "--kind",
    "kinds",
    type=click.Choice([one.value for one in Kind]),
    multiple=True,
    help="Only those of this type; https is http.",
)
@click.option(
    "--backup/--no-backup", default=None, help="Only the Backups, or only the others."
)
@click.option("--urls", is_flag=True, help="Print bare URLs, one a line.")
@config_option
@json_option
def command(  # noqa: PLR0913 - one argument for each option
    texts: tuple[str, ...],
    config: Path,
    *,
    countries: frozenset[str],
    states: tuple[str, ...],
    disabled: bool,
    kinds: tuple[str, ...],
    backup: bool | None,
    urls: bool,
    as_json: bool,
) -> None:
    """Print the mirrors of the list in its order, all or those that are wanted.

    A mirror is wanted if all filters let it through. A TEXT is looked for in the
    URL, the contact, the options and the country's name, whatever its case.
    Mirrors that the checker has not seen are `unknown`, as all are without a
    snapshot. Nothing is asked of the network.

    Exits with 0, with 1 when there is no such mirror, and with 2 when the list
    cannot be read. Errors of the list are printed to stderr.
    """
    advise_own_files(config)
    settings = read_settings(config)
    known = load_countries()
    loaded = load(settings.list_file, countries=known)
    for problem in loaded.errors:
        complain(problem.at(settings.list_file))
    filters = Filters(
        texts=texts,
        countries=countries,
        states=frozenset(map(StateFilter, [*states, *["disabled"] * disabled])),
        kinds=frozenset(map(Kind, kinds)),
        backup=backup,
    )
    snapshot = snapshot_of(settings, config)
    found = listed(loaded.list.mirrors, snapshot, filters, known)
    _print(found, urls=urls, as_json=as_json)
    sys.exit(GOOD if found else FINDINGS)


def _print(found: Sequence[Listed], *, urls: bool, as_json: bool) -> None:
    if as_json:
        print_json(found)
    elif urls:
        for url in dict.fromkeys(one.mirror.url for one in found):
            click.echo(url)
    elif found:
        heads = [cell(head, "bold") for head in _HEADS]
        print_rows(make_console(), [heads, *map(_row, found)])
    else:
        complain("there is no such mirror in the list")


def _row(one: Listed) -> list[Text]:
    mirror = one.mirror
    return [
        cell(mirror.line),
        cell(one.state, style_of(one.state)),
        cell(where(mirror)),
        cell(mirror.kind),
        cell(mirror.url),
        *([cell(" ".join(words))] if (words := option_words(mirror)) else []),
    ]
