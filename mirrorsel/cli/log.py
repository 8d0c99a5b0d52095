"""`mirrorsel log`: what has happened to mirrors."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from mirrorsel.cli.completing import offer_mirrors
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import FINDINGS, GOOD
from mirrorsel.cli.happened import Entry, moment_of, print_entries, print_json
from mirrorsel.cli.named import find_mirror
from mirrorsel.cli.options import config_option
from mirrorsel.cli.sample import advise_own_files
from mirrorsel.cli.state import state_folder
from mirrorsel.config import Settings, read_settings
from mirrorsel.errors import ListError, StateError
from mirrorsel.geo import load_countries
from mirrorsel.health import Change
from mirrorsel.lists import load
from mirrorsel.setting import duration
from mirrorsel.state import StateFolder, read_journal, read_probes, read_snapshot

_SINCE = duration(1, 10 * 365 * 86400)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What is to be shown."""

    mirror: str | None
    cycles: bool
    probes: bool
    since: float | None
    """Seconds before now; None for all."""
    lines: int | None


def _read_since(
    _context: click.Context, _option: click.Parameter, written: str | None
) -> float | None:
    if written is None:
        return None
    try:
        return _SINCE.parse(written)
    except ValueError as error:
        message = f"{written!r} is no length of time like 90s, 15m, 24h or 2d."
        raise click.BadParameter(message) from error


@click.command(
    "log",
    epilog=examples(
        ("mirrorsel log --since 2d", "what changed in the last two days"),
        ("mirrorsel log mirror.example.org -n 20", "the last 20 changes of a mirror"),
        (
            "mirrorsel log mirror.example.org --probes",
            "each probe of it, as far as kept",
        ),
    ),
)
@click.argument("mirror", required=False, shell_complete=offer_mirrors)
@click.option(
    "--since",
    metavar="TIME",
    callback=_read_since,
    help="Show what is not older than this, as in 90s, 15m, 24h or 2d.",
)
@click.option(
    "-n",
    "--lines",
    type=click.IntRange(1),
    metavar="N",
    help="Show only the last N lines.",
)
@click.option("--cycles", is_flag=True, help="Show each cycle in numbers, too.")
@click.option(
    "--probes", is_flag=True, help="Show the probes of MIRROR instead of its changes."
)
@click.option("--utc", is_flag=True, help="Show times in UTC, not in local time.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@config_option
@click.pass_obj
def command(  # noqa: PLR0913 - one argument for each option
    clock: Callable[[], datetime] | None,
    config: Path,
    *,
    mirror: str | None,
    since: float | None,
    lines: int | None,
    cycles: bool,
    probes: bool,
    utc: bool,
    as_json: bool,
) -> None:
    """Print the changes of state that the checker noted, the newest last.

    MIRROR is a URL, a host, or a part of only one URL.
    Each line begins with the time and its zone; in JSON times are in UTC.
    Exits with 1 when there is nothing to show, and with 2 when the checker has
    left no journal, or MIRROR is unknown or may be several.
    """
    if probes and mirror is None:
        raise click.UsageError("--probes needs a MIRROR.")
    if probes and cycles:
        raise click.UsageError("--probes and --cycles show different things.")
    advise_own_files(config)
    settings = read_settings(config)
    wanted = _Wanted(
        mirror=mirror, cycles=cycles, probes=probes, since=since, lines=lines
    )
    now = clock() if clock else datetime.now(UTC)
    found = _found(settings, state_folder(settings, config), wanted, now)
    if as_json:
        print_json(found)
    elif found:
        print_entries(found, utc=utc)
    else:
        click.echo("nothing found", err=True)
    sys.exit(GOOD if found else FINDINGS)


def _found(
    settings: Settings, folder: StateFolder, wanted: _Wanted, now: datetime
) -> Sequence[Entry]:
    entries: Sequence[Entry] = tuple(_entries(settings, folder, wanted))
    if wanted.since is not None:
        start = now - timedelta(seconds=wanted.since)
        entries = [one for one in entries if moment_of(one) >= start]
    return entries[-wanted.lines :] if wanted.lines else entries


def _entries(
    settings: Settings, folder: StateFolder, wanted: _Wanted
) -> Iterator[Entry]:
    journal = _journal(folder, wanted)
    url = None
    if wanted.mirror is not None:
        url = find_mirror(wanted.mirror, _known(settings, folder, journal))
    if wanted.probes and url is not None:
        yield from _probes(folder, url)
        return
    for one in journal:
        if url in (None, one.url) if isinstance(one, Change) else wanted.cycles:
            yield one


def _journal(folder: StateFolder, wanted: _Wanted) -> Sequence[Entry]:
    try:
        return read_journal(folder.journal)
    except StateError:
        if wanted.probes:
            return ()
        raise


def _probes(folder: StateFolder, url: str) -> Sequence[Entry]:
    try:
        return read_probes(folder.probes, url)
    except StateError as error:
        if _is_missing(error.path):
            return ()
        raise


def _is_missing(path: Path) -> bool:
    """Return whether there surely is no such file."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _known(
    settings: Settings, folder: StateFolder, journal: Sequence[Entry]
) -> Iterator[str]:
    """Yield the URLs of the list, the snapshot and the journal, as far as there are.

    One that is in the list no more is found as long as something is known of it.
    """
    yield from (one.url for one in journal if isinstance(one, Change))
    with suppress(StateError):
        yield from read_snapshot(folder.snapshot).health
    with suppress(ListError):
        loaded = load(settings.list_file, countries=load_countries())
        yield from (one.url for one in loaded.list.mirrors)
