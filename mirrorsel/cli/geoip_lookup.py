"""`mirrorsel geoip lookup`: what is known of addresses, and by whom."""

import sys
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from pathlib import Path

import click
from rich.console import Console

from mirrorsel.cli.bases import built
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import FINDINGS, GOOD
from mirrorsel.cli.json_shown import print_json
from mirrorsel.cli.layout import cell, make_console, print_note, print_rows
from mirrorsel.cli.lookup import Compared, Told, Verdict, compare
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.config import Settings, read_settings
from mirrorsel.geo import Teller, database_teller, embedded_teller, load_countries

_STYLES = {
    Verdict.KNOWN: "green",
    Verdict.AGREE: "green",
    Verdict.DIFFER: "yellow",
    Verdict.UNKNOWN: "red",
}
_HEADS = ("", "country", "continent", "place", "system")
_WORDS = {
    Verdict.KNOWN: "known",
    Verdict.AGREE: "they agree",
    Verdict.DIFFER: "they differ",
    Verdict.UNKNOWN: "not known",
}


@click.command(
    "lookup",
    epilog=examples(
        (
            "mirrorsel geoip lookup 91.198.174.192 2620:0:862:ed1a::1",
            "what the embedded table and the databases of the settings say",
        ),
        (
            "mirrorsel geoip lookup --database new.mmdb 91.198.174.192",
            "what another database says, before it is used",
        ),
        (
            "mirrorsel geoip lookup --resolve mirror.example.org",
            "of the addresses of a name",
        ),
    ),
)
@click.argument("addresses", metavar="ADDRESS...", nargs=-1, required=True)
@click.option(
    "--database",
    "files",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ask this database; may be given again."
    "  [default: those that the settings name]",
)
@click.option(
    "--resolve",
    "by_name",
    is_flag=True,
    help="Take names of hosts too, and look their addresses up.",
)
@config_option
@json_option
def command(
    addresses: tuple[str, ...],
    config: Path,
    *,
    files: tuple[Path, ...],
    by_name: bool,
    as_json: bool,
) -> None:
    """Compare what the embedded table and the databases say of each ADDRESS.

    Each is an IPv4 or IPv6 address. `centre` stands where no more than the country
    is known, which then counts as being at the centre of its people. Nothing is
    asked of the network, but for --resolve.

    Exits with 1 when the sources name different countries for an address, or one of
    them none, with 2 when a database or an address cannot be used.
    """
    countries = load_countries()
    asked = [pair for one in addresses for pair in _addresses(one, by_name=by_name)]
    tellers = [embedded_teller(countries)]
    tellers += [
        database_teller(file, countries)
        for file in files or _named(read_settings(config))
    ]
    found = [compare(one, tellers, countries, name) for one, name in asked]
    if as_json:
        _print_json(tellers, found)
    else:
        _show(make_console(), tellers, found)
    good = {Verdict.KNOWN, Verdict.AGREE}
    sys.exit(GOOD if all(one.verdict in good for one in found) else FINDINGS)


def _addresses(written: str, *, by_name: bool) -> Iterator[tuple[str, str | None]]:
    """Yield the addresses that are meant, each with the name that was written."""
    try:
        address = ip_address(written)
        yield str(getattr(address, "ipv4_mapped", None) or address), None
    except ValueError as error:
        if not by_name:
            message = f"{written!r} is no IP address; --resolve looks names up."
            raise click.BadParameter(message, param_hint="ADDRESS") from error
        # What asks the network is not needed otherwise.
        from mirrorsel.net import resolve  # noqa: PLC0415

        for one in resolve(written, private=True):
            yield one.text, written


def _named(settings: Settings) -> tuple[Path, ...]:
    geoip = settings.geoip
    names = (geoip.database, geoip.asn_database)
    return tuple(settings.path(name) for name in names if name)


def _print_json(tellers: Sequence[Teller], found: Sequence[Compared]) -> None:
    sources = [
        {
            "name": one.name,
            "file": str(one.file) if one.file else None,
            "built": one.about.built if one.about else None,
            "places": one.places,
        }
        for one in tellers
    ]
    print_json({"sources": sources, "addresses": found})


def _show(
    console: Console, tellers: Sequence[Teller], found: Sequence[Compared]
) -> None:
    print_rows(console, [[cell(one.name), cell(_origin(one))] for one in tellers])
    for compared in found:
        console.print()
        print_note(console, _heading(compared), _STYLES[compared.verdict])
        rows = [[cell(head, "dim") for head in _HEADS]]
        rows += [[cell(one) for one in _cells(told)] for told in compared.told]
        print_rows(console, rows)


def _origin(teller: Teller) -> str:
    if teller.about is None:
        return "embedded; in use where the settings name no database"
    return f"{teller.file}, built {built(teller.about.built)}"


def _heading(one: Compared) -> str:
    name = f"{one.address} ({one.name})" if one.name else one.address
    words = _WORDS[one.verdict]
    if one.verdict is Verdict.UNKNOWN and not one.public:
        words += ", as it is no public address"
    if one.kilometres is not None:
        words += f", at places {one.kilometres:,.0f} km apart"
    return f"{name}: {words}"


def _cells(told: Told) -> Iterator[str]:
    yield told.source
    yield told.country or "-"
    yield told.continent or "-"
    yield _place(told)
    yield f"AS{told.asn} {told.organisation or ''}" if told.asn else "-"


def _place(told: Told) -> str:
    if told.latitude is None or told.longitude is None:
        return "-"
    at = f"{told.latitude:.2f}, {told.longitude:.2f}"
    return f"{at} (centre)" if told.centre else at
