"""Options that several verbs share."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from mirrorsel.shipped import shipped

Command = TypeVar("Command", bound=Callable[..., object])

_NAME = "mirrorsel.toml"


def config_option(command: Command) -> Command:
    """Add `--config`; the verb gets the path of the settings file as `config`."""
    option = click.option(
        "--config",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="MIRRORSEL_CONFIG",
        callback=lambda _context, _option, value: value or usual_settings(),
        help="The settings file.  [default: what MIRRORSEL_CONFIG in the environment"
        " names, else ./mirrorsel.toml, else /etc/mirrorsel/mirrorsel.toml, else the"
        " one that came with mirrorsel]",
    )
    return option(command)


def json_option(command: Command) -> Command:
    """Add `--json`; the verb gets it as `as_json`."""
    return click.option(
        "--json", "as_json", is_flag=True, help="Print JSON for programs."
    )(command)


def usual_settings() -> Path:
    """Return the settings file that counts where none is named."""
    places = (Path.cwd() / _NAME, Path(os.sep, "etc", "mirrorsel", _NAME))
    return next((one for one in places if one.exists()), shipped(_NAME))
