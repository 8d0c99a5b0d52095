"""`mirrorsel show`: all that is known of one mirror."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.completing import offer_mirrors
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import FINDINGS, GOOD
from mirrorsel.cli.json_shown import print_json
from mirrorsel.cli.located import whereabouts
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.cli.sample import advise_own_files
from mirrorsel.cli.show_found import shown
from mirrorsel.cli.show_printed import print_shown
from mirrorsel.cli.state import snapshot_of
from mirrorsel.config import read_settings
from mirrorsel.geo import load_countries
from mirrorsel.lists import load


@click.command(
    "show",
    epilog=examples(
        ("mirrorsel show mirror.example.org", "what is known of it"),
        (
            "mirrorsel show mirror.example.org --offline",
            "the same, without looking its name up",
        ),
    ),
)
@click.argument("mirror", shell_complete=offer_mirrors)
@click.option(
    "--offline", is_flag=True, help="Do not look up where GeoIP puts its host."
)
@config_option
@json_option
@click.pass_obj
def command(
    clock: Callable[[], datetime] | None,
    mirror: str,
    config: Path,
    *,
    offline: bool,
    as_json: bool,
) -> None:
    """Print what the list says of MIRROR, what the checker believes, where it is.

    MIRROR is a URL, a host, or a part of only one URL.
    The line itself is printed with file and number. The mirror is not asked; its
    name is looked up to find its addresses in the GeoIP databases.

    Exits with 0, with 1 when the mirror is down, stale or in quarantine, and with 2
    when MIRROR is unknown or may be several, or the list cannot be read.
    """
    advise_own_files(config)
    settings = read_settings(config)
    countries = load_countries()
    loaded = load(settings.list_file, countries=countries)
    for problem in loaded.errors:
        complain(problem.at(settings.list_file))
    now = clock() if clock else datetime.now(UTC)
    snapshot = snapshot_of(settings, config)
    found = shown(settings, loaded, mirror, snapshot, now)
    if not offline:
        found = replace(found, geoip=whereabouts(found.url, settings, countries))
    if as_json:
        print_json(found)
    else:
        print_shown(found, countries, now)
    sys.exit(FINDINGS if any(one.finding for one in found.mirrors) else GOOD)
