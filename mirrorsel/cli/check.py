"""`mirrorsel check`: every mirror probed once, now, with nothing changed."""

import sys
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec
from rich.progress import track
from rich.text import Text

from mirrorsel.checker.cycle import probed
from mirrorsel.checker.pool import probe_all
from mirrorsel.checker.probe import Prober
from mirrorsel.cli.complaint import complain
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.layout import cell, make_console, print_note, print_rows
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.cli.sample import advise_own_files
from mirrorsel.cli.state import state_folder
from mirrorsel.cli.verdict import Finding, Verdict, findings
from mirrorsel.cli.warnings import print_warnings
from mirrorsel.cli.words import age_or_dash, belief, took, where, why
from mirrorsel.config import Settings, read_settings
from mirrorsel.errors import ListError, StateError
from mirrorsel.geo import load_countries
from mirrorsel.health import reference
from mirrorsel.lists import load
from mirrorsel.model import MirrorList, Outcome, ProbeResult, Snapshot
from mirrorsel.state import read_snapshot

_STYLES = {
    Verdict.PASS: "green",
    Verdict.WARN: "yellow",
    Verdict.FAIL: "red",
    Verdict.SKIP: "dim",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The output of `mirrorsel check --json`; times are in RFC 3339.

    Each of `mirrors` has what the list says under `mirror`, the probe under
    `result` (null when it was not probed), the running checker's belief under
    `health` (null when it has none), `verdict` and `reason`.
    """

    at: datetime
    believable: bool
    """False when all failed, the origin too: that is this machine's own network."""
    origin: ProbeResult
    counts: dict[str, int]
    """How many mirrors have each verdict; `-` counts those not probed."""
    mirrors: tuple[Finding, ...]


@click.command("check")
@click.option(
    "--jobs",
    type=click.IntRange(1, 200),
    help="How many mirrors to probe at once.  [default: as in the settings]",
)
@config_option
@json_option
def command(config: Path, *, jobs: int | None, as_json: bool) -> None:
    """Probe every enabled mirror of the list once, now, and change nothing.

    The last columns show what the running checker believes, if there is one.
    Warnings of the list are printed to stderr; they do not count.
    Exits with 1 when a mirror fails or is stale, with 2 when it cannot tell:
    without a usable list, or when this machine's own network seems to be gone.
    """
    advise_own_files(config)
    settings = read_settings(config)
    if jobs is not None:
        settings = replace(settings, checker=replace(settings.checker, jobs=jobs))
    mirrors = _mirrors(settings)
    checked = _check(settings, mirrors, _snapshot(settings, config))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(checked)))
    else:
        _show(checked)
    sys.exit(_exit_code(checked))


def _mirrors(settings: Settings) -> MirrorList:
    loaded = load(settings.list_file, countries=load_countries())
    if not loaded.ok:
        raise ListError(settings.list_file, *loaded.errors)
    print_warnings(loaded, settings.list_file)
    return loaded.list


def _snapshot(settings: Settings, config: Path) -> Snapshot | None:
    try:
        return read_snapshot(state_folder(settings, config).snapshot)
    except StateError:
        # A comparison with the running checker is an extra here.
        return None


def _check(
    settings: Settings, mirrors: MirrorList, snapshot: Snapshot | None
) -> Checked:
    results = _probe(settings, mirrors)
    now = datetime.now(UTC)
    origin = results[settings.list.origin]
    held = reference(_as_seen(origin, snapshot, now), mirrors.dated)
    found = findings(mirrors, results, held, snapshot, settings.health)
    counts = Counter(one.verdict for one in found)
    return Checked(
        at=now,
        believable=any(one.outcome is Outcome.OK for one in results.values()),
        origin=origin,
        counts={verdict.value: counts[verdict] for verdict in Verdict},
        mirrors=found,
    )


def _probe(settings: Settings, mirrors: MirrorList) -> dict[str, ProbeResult]:
    targets = list(probed(settings.list.origin, mirrors).values())
    results = probe_all(
        targets,
        Prober.of(settings.checker),
        jobs=settings.checker.jobs,
        deadline=settings.checker.deadline,
    )
    console = make_console(stderr=True)
    bar = track(
        results,
        description="Probing",
        total=len(targets),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    return {one.url: one for one in bar}


def _as_seen(origin: ProbeResult, snapshot: Snapshot | None, now: datetime) -> Snapshot:
    """Return the snapshot that this check would make, without the mirrors."""
    before = snapshot.origin_stamp if snapshot else None
    return Snapshot(taken=now, origin_stamp=origin.stamp or before)


def _exit_code(checked: Checked) -> int:
    if not checked.believable:
        return CANNOT_TELL
    bad = checked.counts[Verdict.WARN] + checked.counts[Verdict.FAIL]
    return FINDINGS if bad else GOOD


def _show(checked: Checked) -> None:
    console = make_console()
    heads = ("", "where", "stamp", "took", "checker", "mirror")
    rows = [[cell(head, "bold") for head in heads]]
    rows += [_cells(one, checked.at) for one in checked.mirrors]
    print_rows(console, rows)
    print_note(console, _summary(checked))
    if not checked.believable:
        complain(
            "this machine's own network seems to be gone, so this says nothing about"
            " the mirrors"
        )


def _cells(one: Finding, now: datetime) -> list[Text]:
    result = one.result
    return [
        cell(one.verdict, _STYLES[one.verdict]),
        cell(where(one.mirror)),
        cell(age_or_dash(result.stamp if result else None, now)),
        cell(took(result.seconds) if result else "-"),
        cell(belief(one.health)),
        cell(one.mirror.url),
        cell(one.reason),
    ]


def _summary(checked: Checked) -> str:
    counts = checked.counts
    origin = why(checked.origin.outcome, checked.origin.detail, checked.origin.url)
    return (
        f"{counts[Verdict.PASS]} pass, {counts[Verdict.WARN]} warn,"
        f" {counts[Verdict.FAIL]} fail, {counts[Verdict.SKIP]} not probed;"
        f" the origin {checked.origin.url}: {origin}"
    )
