"""One look at what the running checker last saw."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
import msgspec

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.inforce import in_force
from mirrorsel.cli.standing import Status, standing
from mirrorsel.cli.standing_shown import show
from mirrorsel.cli.state import state_folder
from mirrorsel.config import Settings, read_settings
from mirrorsel.errors import SettingsError, StateError
from mirrorsel.state import StateFolder, read_snapshot

_REFUSED = (
    "refused; running processes keep the settings before; what is shown here is found"
    " by the defaults"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was seen."""

    now: datetime
    status: Status | None
    """None without a snapshot that can be used."""
    complaints: tuple[str, ...]
    """What is wrong beside the mirrors, a line each; warnings of the list too."""
    code: int
    """The exit code that says it."""


def look(config: Path, now: datetime) -> Look:
    """Look at the settings, the list and the snapshot.

    Args:
        config: The settings file; if it is refused, the defaults count.
        now: The time on the wall.

    """
    settings, refused = _settings(config)
    folder = state_folder(settings, config)
    try:
        snapshot = read_snapshot(folder.snapshot) if folder.has_snapshot else None
    except StateError as error:
        return _nothing(now, *refused, str(error))
    if snapshot is None:
        return _nothing(now, *(refused or [_nothing_yet(folder)]))
    listed = in_force(settings.list_file, folder.last_good_list)
    status = standing(settings, listed, snapshot, now)
    code = FINDINGS if status.findings else GOOD
    return Look(
        now=now,
        status=status,
        complaints=tuple(_lines(*refused, *listed.warnings)),
        code=CANNOT_TELL if refused else code,
    )


def print_look(seen: Look, *, as_json: bool, compact: bool = False) -> None:
    """Print what was seen, and to standard error what is wrong besides.

    Args:
        seen: What was seen.
        as_json: Whether to print an object for programs.
        compact: Whether that stands on one line.

    """
    for one in seen.complaints:
        complain(one)
    if seen.status is None:
        return
    if as_json:
        found = msgspec.json.encode(seen.status)
        click.echo(found if compact else msgspec.json.format(found))
    else:
        show(seen.status, seen.now)


def _settings(config: Path) -> tuple[Settings, list[str]]:
    """Return the settings; when they are refused, the defaults, and the reasons."""
    try:
        return read_settings(config), []
    except SettingsError as error:
        reasons = [str(error), *([_REFUSED] if config.exists() else [])]
    return Settings(folder=config.parent), reasons


def _nothing(now: datetime, *complaints: str) -> Look:
    lines = tuple(_lines(*complaints))
    return Look(now=now, status=None, complaints=lines, code=CANNOT_TELL)


def _nothing_yet(folder: StateFolder) -> str:
    return (
        f"there is no {folder.snapshot}: no cycle was done yet; start"
        " `mirrorsel serve` or `mirrorsel checker`, or copy a snapshot there"
    )


def _lines(*complaints: str) -> Iterator[str]:
    for one in complaints:
        yield from one.splitlines()
