"""How all mirrors stand, by the last snapshot."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mirrorsel.checker.plan import is_probed
from mirrorsel.cli.inforce import InForce
from mirrorsel.config import Settings
from mirrorsel.health import Standing, cautions
from mirrorsel.health import standing as standing_of
from mirrorsel.model import Health, Mirror, Snapshot, State
from mirrorsel.status import Rules
from mirrorsel.words import age, lagging, quarantine, warning


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One mirror in the output of `mirrorsel status --json`."""

    mirror: Mirror
    """What the list says."""
    probed: bool
    """Whether the checker probes it: whether it is in service."""
    health: Health | None
    """What the checker believes; null when it has not seen the mirror."""
    finding: str
    """Why it should be looked at, in words that follow its URL; empty if not."""
    warnings: list[str]
    """What is to be warned of though it is used, in words that follow its URL."""


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
    frozen_since: datetime | None
    """Since when no cycle was believed."""
    origin_stamp: datetime | None
    counts: dict[str, int]
    """How many of the probed mirrors are in each state."""
    general: list[str]
    """What should be looked at beside mirrors, in words."""
    findings: list[str]
    """All that should be looked at, in words; empty when all is well."""
    warnings: list[str]
    """What is to be warned of mirrors that are used, in words; no findings."""
    mirrors: list[Row]


def standing(
    settings: Settings, listed: InForce, snapshot: Snapshot, now: datetime
) -> Status:
    """Return how the mirrors in force stand."""
    rows = [_row(settings, mirror, snapshot, now) for mirror in listed.mirrors]
    states = [row.health.state for row in rows if row.probed and row.health]
    general = [*_general(settings, snapshot, now), *listed.problems]
    of_mirrors = [f"{row.mirror.url} {row.finding}" for row in rows if row.finding]
    return Status(
        taken=snapshot.taken,
        age=round((now - snapshot.taken).total_seconds(), 1),
        vantage=snapshot.vantage,
        frozen=snapshot.frozen,
        frozen_since=snapshot.frozen_since,
        origin_stamp=snapshot.origin_stamp,
        counts={state.value: states.count(state) for state in State},
        general=general,
        findings=[*general, *of_mirrors],
        warnings=[f"{row.mirror.url} {one}" for row in rows for one in row.warnings],
        mirrors=rows,
    )


def _row(settings: Settings, mirror: Mirror, snapshot: Snapshot, now: datetime) -> Row:
    health = snapshot.health.get(mirror.url)
    probed = is_probed(mirror)
    judged = health if probed else None
    return Row(
        mirror=mirror,
        probed=probed,
        health=health,
        finding=_finding(judged, snapshot.origin_stamp) if judged else "",
        warnings=[
            warning(one, judged, now)
            for one in cautions(mirror, judged, now, settings.health)
        ]
        if judged
        else [],
    )


def _finding(health: Health, reference: datetime | None) -> str:
    match standing_of(health):
        case Standing.QUARANTINED:
            return quarantine(health)
        case Standing.DOWN:
            return "is down"
        case Standing.STALE:
            return lagging(health.stamp, reference)
    return ""


def _general(settings: Settings, snapshot: Snapshot, now: datetime) -> Iterator[str]:
    checker = settings.checker
    rules = Rules(
        policy=settings.health, period=checker.period, dead_period=checker.dead_period
    )
    if now - snapshot.taken > rules.silent:
        yield (
            "the last cycle is long ago: does the checker run, and can it write the"
            " state folder? The error log of httpd, or of the checker's unit, tells"
        )
    if snapshot.frozen_since is not None:
        yield (
            f"cycles have not been believed for {age(snapshot.frozen_since, now)}: the"
            " checker's own network failed, so all states are those from before"
        )
