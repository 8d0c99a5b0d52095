"""`mirrorsel checker`: the background checker, for systemd and the like."""

import logging
import signal
import sys
from pathlib import Path
from types import FrameType

import click

from mirrorsel.checker import run
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import GOOD
from mirrorsel.cli.options import config_option
from mirrorsel.config import read_settings
from mirrorsel.net import quiet_library


@click.command(
    "checker",
    epilog=examples(
        (
            "mirrorsel checker --config /etc/mirrorsel/mirrorsel.toml",
            "as a unit of systemd runs it",
        ),
        ("mirrorsel checker", "with the settings of this folder, to try them"),
    ),
)
@config_option
def command(config: Path) -> None:
    """Probe the mirrors each period, in the foreground, until told to end.

    This is what httpd runs by itself; use it where another program, such as
    systemd, is to start and stop the checker. It logs to stderr.
    With settings that are missing or wrong at the start it exits with 2; later
    ones are told, and those before them stay in force.
    """
    quiet_library()
    # The checker itself would wait for settings, as httpd needs it.
    read_settings(config)
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO,
        format="%(levelname)s %(name)s: %(message)s",
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    run(config)


def _end(number: int, frame: FrameType | None) -> None:
    """End as mod_wsgi ends its services, so that both ways are one."""
    del number, frame
    raise SystemExit(GOOD)
