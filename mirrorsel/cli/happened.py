"""What has happened, a line each."""

from collections.abc import Sequence
from datetime import UTC, datetime

import click
import msgspec
from rich.text import Text

from mirrorsel.cli.json_shown import shown
from mirrorsel.cli.layout import cell, make_console, print_rows
from mirrorsel.health import Change
from mirrorsel.model import Attempt, Outcome, ProbeResult, State
from mirrorsel.state import CycleSummary
from mirrorsel.words import age_or_dash, over_family, took, why, why_changed

Entry = Change | CycleSummary | ProbeResult
"""Something that has happened."""

_PROBE_HEADS = ("time", "took", "stamp", "IPv4", "IPv6", "outcome", "file")


def moment_of(entry: Entry) -> datetime:
    """Return when something has happened, in UTC."""
    return entry.at.astimezone(UTC)


def print_json(entries: Sequence[Entry]) -> None:
    """Print an object a line, whose only member says what kind of entry it holds."""
    for one in entries:
        click.echo(shown(msgspec.json.encode({_kind(one): one}).decode()))


def _kind(entry: Entry) -> str:
    if isinstance(entry, Change):
        return "change"
    return "cycle" if isinstance(entry, CycleSummary) else "probe"


def print_entries(entries: Sequence[Entry], *, utc: bool) -> None:
    """Print a line for each, with its time in UTC or the zone of this machine."""
    rows = [_row(one, utc=utc) for one in entries]
    if any(isinstance(one, ProbeResult) for one in entries):
        rows.insert(0, [cell(head, "bold") for head in _PROBE_HEADS])
    print_rows(make_console(), rows)


def _row(entry: Entry, *, utc: bool) -> list[Text]:
    time = cell(_spelled(moment_of(entry), utc=utc))
    if isinstance(entry, Change):
        return [time, *_change(entry)]
    if isinstance(entry, CycleSummary):
        return [time, *_cycle(entry)]
    return [time, *_probe(entry)]


def _spelled(moment: datetime, *, utc: bool) -> str:
    """Return a time with its zone, which differs by season."""
    return f"{moment if utc else moment.astimezone():%Y-%m-%d %H:%M:%S %Z}"


def _change(change: Change) -> list[Text]:
    reason = _reason(change)
    return [
        cell(_step(change), _style(change)),
        cell(change.url),
        *([cell(reason)] if reason else []),
    ]


def _reason(change: Change) -> str:
    if change.quarantine:
        return change.quarantine
    if change.outcome is None:
        return ""
    return why_changed(change.outcome, change.detail, change.url, stale=change.stale)


def _step(change: Change) -> str:
    """Return from which state to which a mirror came, in words."""
    if change.quarantine:
        return f"{change.before} -> quarantine"
    if change.before is change.after:
        return "stale" if change.stale else "fresh again"
    stale = ", stale" if change.stale and change.after is not State.DOWN else ""
    return f"{change.before} -> {change.after}{stale}"


def _style(change: Change) -> str:
    if change.after is State.DOWN:
        return "red"
    return "yellow" if change.stale else "green"


def _cycle(cycle: CycleSummary) -> list[Text]:
    frozen = ", not believed: the checker's own network failed" if cycle.frozen else ""
    words = f"{cycle.good} of {cycle.probed} answered, in {took(cycle.seconds)}{frozen}"
    return [cell("cycle", "yellow" if cycle.frozen else "dim"), cell(words)]


def _probe(probe: ProbeResult) -> list[Text]:
    good = probe.outcome is Outcome.OK
    families: dict[int, Attempt] = {one.family: one for one in probe.attempts}
    return [
        cell(took(probe.seconds)),
        cell(age_or_dash(probe.stamp, moment_of(probe))),
        cell(over_family(families.get(4))),
        cell(over_family(families.get(6))),
        cell(why(probe.outcome, probe.detail, probe.url), "green" if good else "red"),
        *([cell(probe.sample)] if probe.sample else []),
    ]
