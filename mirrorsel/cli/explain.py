"""The verb `explain`: which mirror a client gets for a file, and why."""

from datetime import UTC, datetime
from pathlib import Path

import click

from mirrorsel.cli.choice import print_account
from mirrorsel.cli.complaint import complain
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import FINDINGS, GOOD
from mirrorsel.cli.inforce import replaced
from mirrorsel.cli.layout import make_console
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.cli.state import state_folder
from mirrorsel.config import read_settings
from mirrorsel.geo import load_countries
from mirrorsel.model import How
from mirrorsel.web.explain import Account, document
from mirrorsel.web.explain.question import NO_ADDRESS, NO_TARGET, Question, is_address
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
@click.option(
    "--all",
    "every",
    is_flag=True,
    help="Print all mirrors, and not the first ten and ten for each reason.",
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
    every: bool,
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
    question = Question(address=address, target=path, https=https, ipv6=ipv6)
    account = Account.of(realm, question, mirrors, datetime.now(UTC))
    if as_json:
        click.echo(json_text(document(account)), nl=False)
    else:
        print_account(make_console(), account, every=every)
    context.exit(_code(account))


def _check(path: str, address: str) -> None:
    if not is_address(address):
        message = f"{address!r} {NO_ADDRESS}."
        raise click.BadParameter(message, param_hint="--client")
    if not is_canonical(path):
        raise click.BadParameter(f"{path!r} {NO_TARGET}.", param_hint="PATH")


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


def _code(account: Account) -> int:
    ordinary = account.proof or account.selection.how in _ORDINARY
    return GOOD if ordinary else FINDINGS
