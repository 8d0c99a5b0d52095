"""From the list and what is known of it to what the public is told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from mirrorsel.health import Change, HealthPolicy, reference
from mirrorsel.health.cautions import cautions
from mirrorsel.health.history import History
from mirrorsel.model import (
    Certificate,
    Coordinates,
    Country,
    Health,
    LastScan,
    Mirror,
    MirrorList,
    Snapshot,
    State,
)
from mirrorsel.remedy import remedy
from mirrorsel.status.days import days
from mirrorsel.status.holding import Holding, holding
from mirrorsel.status.row import MirrorStatus, Standing, Warned
from mirrorsel.status.said import fit, plain_words, reason
from mirrorsel.status.slug import slugs
from mirrorsel.status.value import StatusReport
from mirrorsel.story import story
from mirrorsel.words import warning

_OFF = "taken out of service by the operator"
_NEW = "not probed yet"
_KNOWN = {State.UP: Standing.UP, State.DOWN: Standing.DOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that a report is made from."""

    mirrors: MirrorList
    snapshot: Snapshot | None = None
    history: History | None = None
    shares: Mapping[str, float] = field(default_factory=dict)
    """Shares of all selections by the URLs of mirrors; empty if not counted."""
    policy: HealthPolicy = field(default_factory=HealthPolicy)
    countries: Mapping[str, Country] = field(default_factory=dict)
    scans: Mapping[str, LastScan] | None = None
    """How the last scans went, by the URLs of mirrors; None where published files are
    not indexed."""
    waiting: Collection[str] = ()
    """Mirrors that must be scanned anew before they serve indexed files."""


def report(known: Known, now: datetime) -> StatusReport:
    """Return what the public is told at a moment."""
    snapshot = known.snapshot
    rows = (_row(known, *pair, now) for pair in slugs(known.mirrors.mirrors).items())
    return StatusReport(
        now=now,
        taken=snapshot.taken if snapshot else None,
        vantage=plain_words(snapshot.vantage) if snapshot else "",
        frozen_since=snapshot.frozen_since if snapshot else None,
        origin_stamp=snapshot.origin_stamp if snapshot else None,
        counted=bool(known.shares),
        mirrors=tuple(
            sorted(rows, key=lambda row: (row.backup, row.country_name, row.host))
        ),
    )


def _row(known: Known, slug: str, mirror: Mirror, now: datetime) -> MirrorStatus:
    health = _health(known, mirror)
    return MirrorStatus(
        slug=slug,
        url=mirror.url,
        host=mirror.host,
        kind=mirror.kind,
        country=mirror.country,
        country_name=_country_name(known, mirror),
        backup=mirror.backup,
        place=_place(known, mirror),
        standing=_standing(mirror, health),
        since=health.since,
        checked=health.checked,
        outcome=health.outcome,
        reason=_reason(mirror, health),
        remedy="" if mirror.disabled is not None else remedy(health),
        story=_story(known, mirror, health, now),
        stamp=health.stamp,
        behind=_behind(known, health.stamp),
        share=known.shares.get(mirror.url, 0.0) if known.shares else None,
        certificate=_certificate(health),
        pace=health.pace,
        ipv4=health.ipv4.up,
        ipv6=health.ipv6.up,
        warnings=_warnings(known, mirror, health, now),
        quarantine=plain_words(health.quarantine),
        days=days(known.history, mirror.url, now),
        changes=_changes(known, mirror.url),
        holding=_holding(known, mirror.url),
    )


def _health(known: Known, mirror: Mirror) -> Health:
    health = known.snapshot and known.snapshot.health.get(mirror.url)
    return health or Health(stamp=mirror.stamp)


def _country(known: Known, mirror: Mirror) -> Country | None:
    return known.countries.get(mirror.country or "")


def _certificate(health: Health) -> Certificate | None:
    shown = health.certificate
    return shown and replace(shown, issuer=plain_words(shown.issuer))


def _changes(known: Known, url: str) -> tuple[Change, ...]:
    track = known.history and known.history.tracks.get(url)
    return track.changes if track else ()


def _holding(known: Known, url: str) -> Holding | None:
    if known.scans is None:
        return None
    return holding(known.scans.get(url), url, waits=url in known.waiting)


def _place(known: Known, mirror: Mirror) -> Coordinates | None:
    country = _country(known, mirror)
    return mirror.coordinates or (country.centre if country else None)


def _country_name(known: Known, mirror: Mirror) -> str:
    if mirror.backup:
        return "Backup"
    country = _country(known, mirror)
    return country.name if country else mirror.country or "Elsewhere"


def _standing(mirror: Mirror, health: Health) -> Standing:
    if mirror.disabled is not None:
        return Standing.DISABLED
    known = _KNOWN.get(health.state, Standing.UNKNOWN)
    return Standing.STALE if known is Standing.UP and health.stale else known


def _reason(mirror: Mirror, health: Health) -> str:
    if mirror.disabled is not None:
        return _OFF
    if health.outcome is None:
        return _NEW
    return reason(health.outcome, health.detail, mirror.url)


def _story(known: Known, mirror: Mirror, health: Health, now: datetime) -> str:
    if mirror.disabled is not None:
        return f"It was {_OFF}, and only the operator brings it back."
    public = replace(health, detail=fit(health.outcome, health.detail))
    newest = reference(known.snapshot, known.mirrors.dated)
    return plain_words(story(public, known.policy, now, reference=newest))


def _behind(known: Known, stamp: datetime | None) -> float | None:
    newest = reference(known.snapshot, known.mirrors.dated)
    if stamp is None or newest is None:
        return None
    return max(0.0, (newest - stamp).total_seconds())


def _warnings(
    known: Known, mirror: Mirror, health: Health, now: datetime
) -> tuple[Warned, ...]:
    if mirror.disabled is not None:
        return ()
    found = cautions(mirror, health, now, known.policy)
    return tuple(
        Warned(caution=one, text=plain_words(warning(one, health, now)))
        for one in found
    )
