"""`mirrorsel status`: what the running checker last saw."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec
from rich.text import Text

from mirrorsel.checker.cycle import is_probed
from mirrorsel.cli.complaint import complain
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.inforce import InForce, in_force
from mirrorsel.cli.layout import cell, make_console, print_note, print_rows
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.cli.sample import advise_own_files
from mirrorsel.cli.state import state_folder
from mirrorsel.config import Settings, read_settings
from mirrorsel.errors import SettingsError
from mirrorsel.model import Health, Mirror, Snapshot, State
from mirrorsel.state import StateFolder, read_snapshot
from mirrorsel.words import age, age_or_dash, belief, took, where, why, why_not_probed

_OLD_PERIODS = 3
_HEADS = ("state", "where", "since", "stamp", "checked", "took", "mirror")
_STYLES = {"up": "green", "down": "red", "up, stale": "yellow"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One mirror in the output of `mirrorsel status --json`."""

    mirror: Mirror
    """What the list says."""
    probed: bool
    """Whether the checker probes mirrors of its kind, and it is in service."""
    health: Health | None
    """What the checker believes; null when it has not seen the mirror."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The output of `mirrorsel status --json`; times are in RFC 3339."""

    taken: datetime
    """When the last cycle ended."""
    age: float
    """How long ago that was, in seconds."""
    vantage: str
    frozen: bool
    """Whether the last cycle was not believed."""
    origin_stamp: datetime | None
    counts: dict[str, int]
    """How many of the probed mirrors are in each state."""
    findings: list[str]
    """What should be looked at, in words; empty when all is well."""
    mirrors: list[Row]


@click.command("status")
@config_option
@json_option
@click.pass_obj
def command(
    clock: Callable[[], datetime] | None, config: Path, *, as_json: bool
) -> None:
    """Print what the running checker last saw, and how old that is.

    Exits with 1 when a mirror is down or stale, when the last cycle is older than
    three periods or was not believed, or when the list has errors; with 2 when no
    cycle was done yet, or the settings are refused. While the list has errors, the
    mirrors that stand in for it are shown. Warnings of the list are printed to
    stderr; they do not count.
    """
    advise_own_files(config)
    settings, refused = _settings(config)
    folder = state_folder(settings, config)
    if not folder.has_snapshot:
        if not refused:
            complain(_nothing_yet(folder))
        sys.exit(CANNOT_TELL)
    now = clock() if clock else datetime.now(UTC)
    listed = in_force(settings.list_file, folder.last_good_list)
    status = _status(settings, listed, read_snapshot(folder.snapshot), now)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(status)))
    else:
        _show(status, now)
    if refused:
        sys.exit(CANNOT_TELL)
    sys.exit(FINDINGS if status.findings else GOOD)


def _settings(config: Path) -> tuple[Settings, bool]:
    """Return the settings, or the defaults with True when the file is refused."""
    try:
        return read_settings(config), False
    except SettingsError as error:
        complain(error)
    if config.exists():
        complain(
            "refused; running processes keep the settings before;"
            " what is shown here is found by the defaults"
        )
    return Settings(folder=config.parent), True


def _nothing_yet(folder: StateFolder) -> str:
    return (
        f"there is no {folder.snapshot}: no cycle was done yet; start"
        " `mirrorsel serve` or `mirrorsel checker`, or copy a snapshot there"
    )


def _status(
    settings: Settings, listed: InForce, snapshot: Snapshot, now: datetime
) -> Status:
    rows = [_row(mirror, snapshot) for mirror in listed.mirrors]
    states = [row.health.state for row in rows if row.probed and row.health]
    old = (now - snapshot.taken).total_seconds()
    findings = [
        *_snapshot_findings(settings, snapshot, old),
        *listed.problems,
        *(finding for row in rows for finding in _row_findings(row)),
    ]
    return Status(
        taken=snapshot.taken,
        age=round(old, 1),
        vantage=snapshot.vantage,
        frozen=snapshot.frozen,
        origin_stamp=snapshot.origin_stamp,
        counts={state.value: states.count(state) for state in State},
        findings=findings,
        mirrors=rows,
    )


def _row(mirror: Mirror, snapshot: Snapshot) -> Row:
    return Row(
        mirror=mirror,
        probed=is_probed(mirror),
        health=snapshot.health.get(mirror.url),
    )


def _snapshot_findings(settings: Settings, snapshot: Snapshot, old: float) -> list[str]:
    findings = []
    if old > _OLD_PERIODS * settings.checker.period:
        findings.append("the last cycle is long ago: does the checker run?")
    if snapshot.frozen:
        findings.append(
            "the last cycle was not believed: the checker's own network failed"
        )
    return findings


def _row_findings(row: Row) -> list[str]:
    if row.health is None or not row.probed:
        return []
    if row.health.state is State.DOWN:
        return [f"{row.mirror.url} is down"]
    return [f"{row.mirror.url} is stale"] if row.health.stale else []


def _show(status: Status, now: datetime) -> None:
    console = make_console()
    rows = [[cell(head, "bold") for head in _HEADS]]
    rows += [_cells(row, now) for row in status.mirrors]
    print_note(console, _headline(status, now))
    print_rows(console, rows)
    for finding in status.findings:
        for line in finding.splitlines():
            print_note(console, f"! {line}")


def _headline(status: Status, now: datetime) -> str:
    vantage = f" from {status.vantage}" if status.vantage else ""
    counts = ", ".join(f"{count} {state}" for state, count in status.counts.items())
    last = f"last cycle {age(status.taken, now)} ago{vantage}"
    return f"{last}: {counts}; {_origin(status, now)}"


def _origin(status: Status, now: datetime) -> str:
    if status.origin_stamp is None:
        return "the origin's stamp was never read"
    return f"the origin's stamp is {age(status.origin_stamp, now)} old"


def _cells(row: Row, now: datetime) -> list[Text]:
    mirror, health = row.mirror, row.health
    if health is None or health.outcome is None:
        state, reason = _unseen(row)
        unseen = (state, where(mirror), "-", "-", "-", "-", mirror.url, reason)
        return [cell(words) for words in unseen]
    state = belief(health)
    reason = why(health.outcome, health.detail, mirror.url)
    return [
        cell(state, _STYLES.get(state, "")),
        cell(where(mirror)),
        cell(age_or_dash(health.since, now)),
        cell(age_or_dash(health.stamp, now)),
        cell(age_or_dash(health.checked, now)),
        cell(took(health.seconds)),
        cell(mirror.url),
        cell(reason),
    ]


def _unseen(row: Row) -> tuple[str, str]:
    """Return the state and the reason of a mirror of which no probe is known."""
    if row.probed:
        return str(State.UNKNOWN), "not probed yet"
    return "-", why_not_probed(row.mirror)
