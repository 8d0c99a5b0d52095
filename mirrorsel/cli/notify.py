"""`mirrorsel notify`: whether messages arrive."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.layout import cell
from mirrorsel.cli.options import config_option
from mirrorsel.config import read_settings
from mirrorsel.notify.receiver import Role
from mirrorsel.notify.trial import try_out

_ROLES = (Role.OPERATOR, Role.WEBHOOK)


@click.command(
    "notify",
    epilog=examples(
        ("mirrorsel notify --test", "whether mail and the webhook arrive"),
        ("mirrorsel notify --test --to webhook", "only the webhook"),
    ),
)
@config_option
@click.option("--test", is_flag=True, help="Send a test message now.")
@click.option(
    "--to",
    type=click.Choice([one.value for one in _ROLES]),
    help="Send it only to the operator's addresses, or only to the webhook."
    "  [default: to both, as far as the settings name them]",
)
def command(config: Path, *, test: bool, to: str | None) -> None:
    """Send a test message as the checker would, and say what came of it.

    No mirror's contact gets one. Run it under the account of the checker, so that
    it reads the same password and secret.
    Exits with 1 when a message did not go out, and with 2 when the settings name
    nobody to send it to.
    """
    if not test:
        raise click.UsageError("Say `--test`: that is all this verb does.")
    role = Role(to) if to else None
    found = list(try_out(read_settings(config), role, datetime.now(UTC)))
    for sent in found:
        result = f"failed: {sent.failure.words}" if sent.failure else "went out"
        click.echo(cell(f"{sent.bundle.receiver}: {result}").plain)
    if not found:
        complain(f"section [notify] of {config} names nobody to send it to")
        sys.exit(CANNOT_TELL)
    sys.exit(FINDINGS if any(one.failure for one in found) else GOOD)
