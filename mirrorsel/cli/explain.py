"""The verb `explain`: which mirror a client gets for a file, and why."""

from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import click

from mirrorsel.cli.choice import Account, print_account
from mirrorsel.cli.complaint import complain
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import FINDINGS, GOOD
from mirrorsel.cli.inforce import replaced
from mirrorsel.cli.layout import make_console
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.cli.state import state_folder
from mirrorsel.config import read_settings
from mirrorsel.geo import load_countries
from mirrorsel.model import How, Selection
from mirrorsel.web.explanation import explanation
from mirrorsel.web.files import Files
from mirrorsel.web.json import json_text
from mirrorsel.web.realm import Realm, make_geography, make_realm
from mirrorsel.web.target import is_canonical

_ORDINARY = (How.NEAR, How.ANYWHERE)


@click.command(
    "explain",
    epilog=examples(
        (
            "mirrorsel explain --client 192.0.2.1 httpd/KEYS",
            "which mirror a client gets",
        ),
        (
            "mirrorsel explain --client 2001:db8::1 --https --json httpd/KEYS",
            "the same by IPv6 and https, for a program",
        ),
    ),
)
@click.argument("path")
@click.option(
    "--client",
    "address",
    required=True,
    metavar="ADDRESS",
    help="The client's IPv4 or IPv6 address.",
)
@click.option("--https", is_flag=True, help="The client comes by https.")
@click.option(
    "--ipv6", is_flag=True, help="The client comes by IPv6, whatever its address."
)
@json_option
@config_option
@click.pass_context
def command(  # noqa: PLR0913 - one argument for each option
    context: click.Context,
    path: str,
    address: str,
    config: Path,
    *,
    https: bool,
    ipv6: bool,
    as_json: bool,
) -> None:
    """Print which mirror a client gets for PATH, and why it gets no other.

    PATH is the name of a file below the mirrors, without a leading slash.
    Settings, list, snapshot and databases are read as they are now; nothing is
    written, and nothing is asked of the network.

    The exit code is 0 if the choice was an ordinary one, 1 if it came down to a
    fallback, 2 if it cannot be told.
    """
    _check(path, address)
    realm, mirrors = _read(config)
    client = realm.client(address, https=https)
    account = Account(
        realm=realm,
        address=address,
        client=replace(client, ipv6=ipv6 or client.ipv6),
        target=path,
        mirrors=mirrors,
        now=datetime.now(UTC),
    )
    if as_json:
        click.echo(_json(account), nl=False)
    else:
        print_account(make_console(), account)
    context.exit(_code(account.selection))


def _check(path: str, address: str) -> None:
    try:
        ip_address(address)
    except ValueError as error:
        message = f"{address!r} is no IP address."
        raise click.BadParameter(message, param_hint="--client") from error
    if not is_canonical(path):
        message = (
            f"{path!r} is not the canonical name of a file below a mirror:"
            " it must have no leading slash, no empty, `.` or `..` segment,"
            " no scheme, backslash or control character."
        )
        raise click.BadParameter(message, param_hint="PATH")


def _read(config: Path) -> tuple[Realm, str]:
    """Return the realm of the files as they are, and which list it uses in words."""
    settings = read_settings(config)
    files = Files(config, state=state_folder(settings, config))
    for problem in files.problems():
        complain(problem)
    mirrors = str(settings.list_file)
    if instead := files.stand_in():
        mirrors = replaced(settings.list_file, instead)
        complain(mirrors)
    countries = load_countries()
    sources = files.sources(countries)
    return make_realm(sources, make_geography(sources, countries), countries), mirrors


def _json(account: Account) -> str:
    return json_text(explanation(account.realm, account.client, account.target))


def _code(selection: Selection | None) -> int:
    return GOOD if selection is None or selection.how in _ORDINARY else FINDINGS
