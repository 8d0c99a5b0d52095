"""`mirrorsel add`: a new mirror, asked before it is listed."""

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from mirrorsel.cli.add_check import Asked, ask, show_asked
from mirrorsel.cli.add_facts import Filled, filled
from mirrorsel.cli.add_given import given_mirror, place_given, refuse_known
from mirrorsel.cli.change_options import dry_run_option, yes_option
from mirrorsel.cli.change_run import Text, Way, run
from mirrorsel.cli.change_shown import Report, print_report
from mirrorsel.cli.change_values import (
    read_contact,
    read_options,
    read_place,
    read_url,
)
from mirrorsel.cli.complaint import complain
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.followed import followed
from mirrorsel.cli.layout import cell, make_console, print_rows
from mirrorsel.cli.located import whereabouts
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.cli.sample import advise_own_files
from mirrorsel.config import Settings, read_settings
from mirrorsel.geo import load_countries
from mirrorsel.lists import Loaded, load
from mirrorsel.lists.change import insert_mirror
from mirrorsel.lists.change_place import place_of
from mirrorsel.model import Mirror


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wishes:
    """What the options ask for."""

    check: bool
    force: bool
    yes: bool
    dry_run: bool
    as_json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the output has under `about`."""

    new: Filled
    asked: Asked | None
    """None if the mirror was not asked."""


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
@dry_run_option
@config_option
@json_option
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
    dry_run: bool,
    as_json: bool,
) -> None:
    """Put URL on the list, after it was asked, and after a question.

    By http, the mirror is asked for all that `mirrorsel check --url` asks for; by ftp
    and rsync it is probed once. What does not hold is shown, and a mirror with
    errors is refused.
    Where it is comes from GeoIP: the country, coordinates from a City database, and
    the autonomous system from an ASN database. NAME=VALUE sets an option of
    docs/mirrors-list.md.
    The line comes behind the last mirror of its country, laid out as those around
    it; it is shown, with where each value came from, before anything is written.

    Exits with 0 when it was added, with 1 when the mirror is not as it should be or
    the answer was no, and with 2 when it gives no answer, is listed already, its
    country is unknown, or there is no terminal for the question and no --yes.
    """
    given = given_mirror(url, place_given(place, backup=backup), contact, options)
    advise_own_files(config)
    settings = read_settings(config)
    wishes = _Wishes(
        check=check, force=force, yes=yes, dry_run=dry_run, as_json=as_json
    )
    sys.exit(_add(settings, given, wishes))


def _add(settings: Settings, given: Mirror, wishes: _Wishes) -> int:
    countries = load_countries()
    listed = load(settings.list_file, countries=countries)
    refuse_known(given, listed, force=wishes.force)
    new = filled(given, whereabouts(given.url, settings, countries), countries)
    for doubt in new.doubts:
        complain(f"warning: {doubt}")
    if new.mirror.country is None and not new.mirror.backup:
        message = f"The country of {given.host} is unknown: give --country or --backup."
        raise click.ClickException(message)
    asked = ask(settings, new.mirror, followed) if wishes.check else None
    found = _Found(new=new, asked=asked)
    if asked is not None and not wishes.as_json:
        show_asked(asked)
    if asked is not None and asked.code and not wishes.force:
        return _refuse(settings, asked, found, wishes)
    if not wishes.as_json and not wishes.dry_run:
        _show_facts(new)

    def edit(loaded: Loaded) -> Text:
        refuse_known(given, loaded, force=wishes.force)
        behind = place_of(loaded.text, new.mirror, countries)
        return Text(text=insert_mirror(loaded.text, new.mirror, behind))

    way = Way(
        question="" if wishes.yes else "Add it?",
        dry_run=wishes.dry_run,
        as_json=wishes.as_json,
        about=found,
    )
    return run(settings.list_file, edit, way, countries)


def _refuse(settings: Settings, asked: Asked, found: _Found, wishes: _Wishes) -> int:
    message = "nothing was written; --force adds the mirror as it is"
    if wishes.as_json:
        file = str(settings.list_file)
        report = Report(file=file, written=False, errors=(message,), about=found)
        print_report(report)
    complain(message)
    return asked.code


def _show_facts(new: Filled) -> None:
    rows = [
        [cell(one.name, "dim"), cell(one.value), cell(one.source, "dim")]
        for one in new.facts
    ]
    print_rows(make_console(), rows)
