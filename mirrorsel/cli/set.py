"""`mirrorsel set`: what the list says of a mirror, changed word by word."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from mirrorsel.cli.change_options import mirror_options
from mirrorsel.cli.change_run import Edited, Way, change_list
from mirrorsel.cli.change_values import (
    read_contact,
    read_name,
    read_options,
    read_place,
    read_url,
)
from mirrorsel.cli.chosen import chosen
from mirrorsel.cli.completing import offer_countries
from mirrorsel.cli.epilog import examples
from mirrorsel.lists import Loaded
from mirrorsel.lists.change import change_lines
from mirrorsel.lists.change_line import Change
from mirrorsel.lists.line import BACKUP, NONE
from mirrorsel.model import Mirror


def _read_names(
    _context: click.Context, _parameter: click.Parameter, written: Sequence[str]
) -> dict[str, str | None]:
    return {read_name(one): None for one in written}


@click.command(
    "set",
    epilog=examples(
        ("mirrorsel set mirror.example.org weight=200", "give it more clients"),
        (
            "mirrorsel set mirror.example.org --unset weight max_share=20%",
            "remove an option, set another",
        ),
        (
            "mirrorsel set http://mirror.example.org/ --url https://mirror.example.org/",
            "it has https now",
        ),
    ),
)
@mirror_options
@click.argument("options", nargs=-1, metavar="[NAME=VALUE]...", callback=read_options)
@click.option(
    "--unset",
    "unset",
    metavar="NAME",
    multiple=True,
    callback=_read_names,
    help="Remove an option, as NAME= does; may be given again.",
)
@click.option(
    "--country",
    "place",
    metavar="COUNTRY",
    callback=read_place,
    shell_complete=offer_countries,
    help="Where it is, or Backup.",
)
@click.option(
    "--contact",
    metavar="TEXT",
    callback=read_contact,
    help="Whom to write to; - for nobody.",
)
@click.option(
    "--url",
    metavar="URL",
    callback=read_url,
    help="Where it is on the network; the type of the line follows.",
)
def command(  # noqa: PLR0913 - one argument for each option
    mirror: str,
    options: dict[str, str | None],
    unset: dict[str, str | None],
    config: Path,
    *,
    place: str | None,
    contact: str | None,
    url: str | None,
    backup: bool | None,
    way: Way,
) -> None:
    """Change what the line of MIRROR says, and no other word of it.

    MIRROR is a URL, a host, or a part of only one URL. If it is listed twice, once
    as Backup, both lines are changed.
    NAME=VALUE sets an option of docs/mirrors-list.md, NAME= removes it.
    Exits with 0, also when the line says all of it already, and with 2 when MIRROR
    is unknown or may be several, or the list cannot be changed like this.
    """
    change = Change(
        url=url, country=place, contact=contact, options={**options, **unset}
    )
    if change == Change():
        message = "Nothing to set: give NAME=VALUE, or see `mirrorsel set --help`."
        raise click.UsageError(message)
    if twice := sorted(set(options) & set(unset)):
        raise click.UsageError(f"{twice[0]} is to be both set and removed.")

    def edit(loaded: Loaded) -> Edited:
        found = chosen(mirror, loaded, backup=backup)
        _check(found, change, loaded)
        text = change_lines(loaded.text, [one.line for one in found], change)
        return Edited(text=text, notes=_notes(found, change, same=text == loaded.text))

    sys.exit(change_list(config, edit, way))


def _check(found: Sequence[Mirror], change: Change, loaded: Loaded) -> None:
    """Refuse what would give two lines one identity."""
    if change.country is not None and len(found) > 1:
        message = (
            f"{found[0].url} is listed twice, in line {found[0].line} and in line"
            f" {found[1].line}: say --backup or --no-backup with --country."
        )
        raise click.UsageError(message)
    others = {
        (one.url, one.backup): one for one in loaded.list.mirrors if one not in found
    }
    for one in found:
        new = _identity(one, change)
        if other := others.get((new.url, new.backup)):
            message = f"{new.url} is listed already, in line {other.line}."
            raise click.ClickException(message)


def _identity(mirror: Mirror, change: Change) -> Mirror:
    backup = mirror.backup if change.country is None else change.country == BACKUP
    return replace(mirror, url=change.url or mirror.url, backup=backup)


def _notes(found: Sequence[Mirror], change: Change, *, same: bool) -> tuple[str, ...]:
    lines = " and ".join(f"line {one.line}" for one in found)
    if same:
        return (f"Nothing to do: {lines} says so already.",)
    notes = []
    if len(found) > 1:
        notes.append(f"It is listed twice, in {lines}; --backup or --no-backup picks.")
    if change.contact not in (None, NONE) and any(map(_published, found)):
        urls = " and its URLs" if any(one.logo or one.link for one in found) else ""
        notes.append(f"The contact takes the place of the time stamp{urls}.")
    return tuple(notes)


def _published(mirror: Mirror) -> bool:
    return bool(mirror.stamp or mirror.logo or mirror.link)
