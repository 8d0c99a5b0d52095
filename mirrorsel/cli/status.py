"""`mirrorsel status`: what the running checker last saw."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from mirrorsel.cli.epilog import examples
from mirrorsel.cli.look import Look, look, print_look
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.cli.sample import advise_own_files
from mirrorsel.cli.watch import watch

_SECONDS = 2.0


@click.command(
    "status",
    epilog=examples(
        ("mirrorsel status", "how all mirrors stand"),
        ("mirrorsel status --watch", "the same, kept up to date until Ctrl-C"),
        ("mirrorsel status --json | jq '.findings[]'", "what is wrong, for a program"),
    ),
)
@click.option(
    "--watch",
    "seconds",
    metavar="[SECONDS]",
    is_flag=False,
    flag_value=_SECONDS,
    type=click.FloatRange(0.1, 86400),
    help="Look again every SECONDS, by default 2, until Ctrl-C.",
)
@config_option
@json_option
@click.pass_obj
def command(
    clock: Callable[[], datetime] | None,
    config: Path,
    *,
    seconds: float | None,
    as_json: bool,
) -> None:
    """Print what the running checker last saw, and how old that is.

    Exits with 1 when a mirror is down, stale or in quarantine, when the last cycle is
    older than four periods (and a quarter of an hour) or was not believed, or when
    the list has errors; with 2 when no cycle was done yet, or the settings are
    refused. While the list has errors, the mirrors that stand in for it are shown.
    Warnings, as of a certificate that ends soon or of a dead IPv6 address, do not
    count; those of the list are printed to stderr.

    With --watch, a terminal is kept up to date, what matters most at the top;
    elsewhere all is printed again with each new snapshot, JSON on one line each.
    Ctrl-C ends it with the exit code of what was seen last.
    """
    advise_own_files(config)

    def look_now() -> Look:
        return look(config, clock() if clock else datetime.now(UTC))

    if seconds is not None:
        sys.exit(watch(look_now, seconds, as_json=as_json))
    seen = look_now()
    print_look(seen, as_json=as_json)
    sys.exit(seen.code)
