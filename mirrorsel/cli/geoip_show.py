"""`mirrorsel geoip show`: which GeoIP databases are in use."""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from mirrorsel.cli.bases import Base, bases, built
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import FINDINGS, GOOD
from mirrorsel.cli.json_shown import print_json
from mirrorsel.cli.layout import cell, make_console, print_note, print_rows
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.config import read_settings
from mirrorsel.geo import About, embedded_teller, load_countries
from mirrorsel.words import span

_MEGABYTE = 1_000_000


@click.command(
    "show",
    epilog=examples(
        ("mirrorsel geoip show", "which databases are in use, and how old they are"),
        ("mirrorsel geoip show --json", "the same for a program"),
    ),
)
@config_option
@json_option
def command(config: Path, *, as_json: bool) -> None:
    """Print the GeoIP databases that the settings name, and what is wrong with them.

    As root it is also tried whether the accounts of httpd's processes can read them.

    Exits with 1 when one is missing, cannot be used or read, or is older than 90
    days.
    """
    found = bases(read_settings(config), config, datetime.now(UTC))
    if as_json:
        print_json(found)
    else:
        _show(found)
    sys.exit(FINDINGS if any(one.findings for one in found) else GOOD)


def _show(found: Sequence[Base]) -> None:
    console = make_console()
    for one in found:
        facts = [[cell(name, "dim"), cell(fact)] for name, fact in _facts(one)]
        print_rows(console, [[cell(f"{one.setting}: {one.file}", "bold")], *facts])
        for finding in one.findings:
            print_note(console, f"! {finding}", "red")
    if not any(one.setting == "database" for one in found):
        table = embedded_teller(load_countries()).name
        print_note(
            console,
            f"Clients are placed by the embedded table of countries, {table};"
            " `mirrorsel geoip update --source dbip` gets one that knows cities.",
        )


def _facts(base: Base) -> Iterator[tuple[str, str]]:
    about = base.about
    if about is None or base.age is None or base.size is None:
        return
    yield "type", about.type
    yield "built", f"{built(about.built)}, {span(max(0, base.age))} ago"
    yield "size", f"{base.size / _MEGABYTE:.1f} MB, {_content(about)}"
    yield "owner", f"{base.owner}, mode {base.mode}"
    if base.readers:
        yield "read by", ", ".join(base.readers)
    if base.kept is not None:
        yield "before it", f"built {built(base.kept)}, kept beside it with the end ~"


def _content(about: About) -> str:
    families = " and ".join(f"IPv{one}" for one in about.families)
    return f"{about.nodes:,} nodes for {families}"
