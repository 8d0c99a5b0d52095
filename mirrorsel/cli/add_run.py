"""The way of a new mirror to the list."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click

from mirrorsel.cli.add_check import Asked, ask, show_asked
from mirrorsel.cli.add_facts import Filled, filled
from mirrorsel.cli.add_given import refuse_known
from mirrorsel.cli.change_run import Edited, Way, run
from mirrorsel.cli.change_shown import Report, print_report
from mirrorsel.cli.complaint import complain
from mirrorsel.cli.layout import cell, make_console, print_rows
from mirrorsel.cli.located import Whereabouts, whereabouts
from mirrorsel.cli.progress import followed
from mirrorsel.config import Settings
from mirrorsel.geo import load_countries
from mirrorsel.lists import Loaded, load
from mirrorsel.lists.change import insert_mirror
from mirrorsel.lists.change_place import place_of
from mirrorsel.model import Country, Mirror


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the options ask for."""

    check: bool
    force: bool
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the output has under `about`."""

    new: Filled
    asked: Asked | None
    """None if the mirror was not asked."""


def add(settings: Settings, config: Path, given: Mirror, wishes: Wishes) -> int:
    """Ask a mirror, show what the list would say of it, and put it on the list.

    Args:
        settings: The list, the limits of asking, and the GeoIP databases.
        config: The settings file.
        given: The mirror as it was given; without a country if that is to be found.
        wishes: What is to be done, and how.

    Raises:
        click.ClickException: the list has the mirror, or its country is unknown.

    """
    countries = load_countries()
    listed = load(settings.list_file, countries=countries)
    refuse_known(given, listed, force=wishes.force)
    new = _fill(settings, given, wishes, countries)
    asked = ask(settings, new.mirror, followed) if wishes.check else None
    found = _Found(new=new, asked=asked)
    if asked is not None and not wishes.way.as_json:
        show_asked(asked)
    if asked is not None and asked.code and not wishes.force:
        return _refuse(settings, asked, found, wishes)
    if not wishes.way.as_json and not wishes.way.dry_run:
        _show_facts(new)
    return _write(settings, config, found, wishes, countries)


def _fill(
    settings: Settings, given: Mirror, wishes: Wishes, countries: Mapping[str, Country]
) -> Filled:
    found = Whereabouts()
    if wishes.check or _may_tell(settings, given):
        found = whereabouts(given.url, settings, countries)
    new = filled(given, found, countries)
    for doubt in new.doubts:
        complain(f"warning: {doubt}")
    if new.mirror.country is None and not new.mirror.backup:
        message = f"The country of {given.host} is unknown: give --country or --backup."
        raise click.ClickException(message)
    return new


def _may_tell(settings: Settings, given: Mirror) -> bool:
    """Return whether GeoIP may tell something that was not given."""
    geoip = settings.geoip
    if given.country is None and not given.backup:
        return True
    return bool(
        (geoip.database and given.coordinates is None)
        or (geoip.asn_database and given.asn is None)
    )


def _write(
    settings: Settings,
    config: Path,
    found: _Found,
    wishes: Wishes,
    countries: Mapping[str, Country],
) -> int:
    mirror = found.new.mirror

    def edit(loaded: Loaded) -> Edited:
        # Somebody else may have added it while this one was asked.
        refuse_known(mirror, loaded, force=wishes.force)
        behind = place_of(loaded.text, mirror, countries)
        return Edited(text=insert_mirror(loaded.text, mirror, behind))

    return run(settings, config, edit, replace(wishes.way, about=found))


def _refuse(settings: Settings, asked: Asked, found: _Found, wishes: Wishes) -> int:
    message = "nothing was written; --force adds the mirror as it is"
    if wishes.way.as_json:
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
