"""`mirrorsel geoip update`: GeoIP databases, brought up to date."""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.downloading import shown
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.layout import cell
from mirrorsel.cli.options import config_option
from mirrorsel.config import Settings, read_settings
from mirrorsel.errors import SupplyError
from mirrorsel.geo import About, credits_of
from mirrorsel.supply import (
    DBIP,
    MAXMIND,
    Current,
    Doubted,
    Order,
    Renewal,
    Replaced,
    Transfer,
    Vendor,
    make_orders,
    make_vendor,
    renew,
)


@click.command(
    "update",
    epilog=examples(
        (
            "mirrorsel geoip update --source dbip",
            "a City database of DB-IP, without an account",
        ),
        ("mirrorsel geoip update", "what the settings name; for a timer"),
        (
            "mirrorsel geoip update --edition dbip-country-lite -o country.mmdb",
            "another edition, to another file",
        ),
    ),
)
@click.option(
    "--source",
    type=click.Choice([DBIP, MAXMIND]),
    help="Who makes them.  [default: as in the settings]",
)
@click.option(
    "--edition",
    default="",
    metavar="NAME",
    help="Only this one, such as GeoLite2-City.  [default: as in the settings]",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write it there.  [default: to what the settings name, else to"
    " geoip/NAME.mmdb beside them]",
)
@click.option(
    "--force",
    is_flag=True,
    help="Get it though it seems to be current, and take it though it is older or"
    " much smaller than the one in place, or though that is no such database.",
)
@config_option
def command(
    config: Path,
    *,
    source: str | None,
    edition: str,
    output: Path | None,
    force: bool,
) -> None:
    """Get the newest GeoIP databases, and put them into place.

    Nothing is downloaded that is in place already. A new database is checked and
    tried before it takes the place of the old one, at once and whole; that is kept
    beside it as FILE~. Running processes take the new one up by themselves.

    DB-IP's need no account; MaxMind's need `account_id` and `licence_key_file` in
    section [geoip] of the settings. Whatever goes wrong, what is in place stays.

    Exits with 1 when a database is offered that is older than the one in place or
    has lost half of it, with 2 when one cannot be had.
    """
    settings = read_settings(config)
    maker = source or settings.geoip.source
    if not maker:
        message = (
            "Say who makes them, by `--source` or by `source` in section [geoip]:"
            f" {DBIP} needs no account, {MAXMIND} has a licence key."
        )
        raise click.UsageError(message)
    orders = make_orders(settings, maker, edition, output)
    codes = [_update(settings, maker, one, force=force) for one in orders]
    _advise(config, settings, maker, orders)
    sys.exit(max(codes))


def _update(settings: Settings, source: str, order: Order, *, force: bool) -> int:
    try:
        with shown(order.edition) as told:
            vendor: Vendor = make_vendor(settings, source, Transfer(told=told))
            renewal = renew(order, vendor, force=force)
    except SupplyError as error:
        complain(error)
        complain(_left(order.target))
        return CANNOT_TELL
    for line in _lines(order.target, renewal):
        click.echo(cell(line).plain)
    return FINDINGS if isinstance(renewal, Doubted) else GOOD


def _left(file: Path) -> str:
    """Return what there is without the database that could not be had."""
    if file.exists():
        return f"{file} stays as it was"
    return f"there is no {file} yet; clients are placed without it, as before"


def _lines(file: Path, renewal: Renewal) -> Iterator[str]:
    name = _named(renewal.about)
    match renewal:
        case Current():
            yield f"{file}: {name} is current"
        case Doubted(why=why):
            yield f"{file}: {name} is offered, and was not put into place: {why}"
            yield f"{file}: --force takes it nevertheless"
        case Replaced(before=None):
            yield f"{file}: {name} is in place"
            for one in credits_of([renewal.about]):
                yield f"Pages that use it must say: {one.words} {one.name}"
        case Replaced(before=About() as before, kept=kept):
            yield f"{file}: {name} is in place"
            yield f"{file}: {_named(before)} is kept beside it as {kept.name}"


def _named(about: About) -> str:
    built = datetime.fromtimestamp(about.built, UTC)
    return f"{about.type}, built {built:%Y-%m-%d},"


def _advise(
    config: Path, settings: Settings, source: str, orders: Sequence[Order]
) -> None:
    """Print what the settings must say so that new databases are used and updated."""
    missing = [one.setting for one in orders if one.setting and one.target.exists()]
    if not missing:
        return
    if not settings.geoip.source:
        missing.append(f'source = "{source}"')
    click.echo(f"\nFor section [geoip] of {config}, followed by a restart:\n")
    for line in missing:
        click.echo(line)
