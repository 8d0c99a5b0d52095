"""Mirrors to which things happen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from mirrorsel.health import Standing, standing
from mirrorsel.model import Health, Mirror, MirrorList, Outcome, Snapshot, State
from mirrorsel.notify.event import Event

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
URL = "https://mirror.example.de/apache/"

UP = Health(state=State.UP, outcome=Outcome.OK, streak=2, since=NOON, checked=NOON)
DOWN = Health(
    state=State.DOWN,
    outcome=Outcome.REFUSED,
    detail="Connection refused",
    streak=-3,
    since=NOON,
    checked=NOON,
)
STALE = replace(UP, stale=True, stamp=NOON)
QUARANTINED = Health(
    state=State.DOWN,
    outcome=Outcome.BAD_HASH,
    streak=-3,
    since=NOON,
    quarantine="its certificate and its files changed at once",
    checked=NOON,
)


def happened(
    before: Standing = Standing.UP,
    now: Health = DOWN,
    *,
    url: str = URL,
    contact: str | None = None,
    seconds: float = 0,
) -> Event:
    """Return what happened to one mirror."""
    return Event(
        mirror=Mirror(url=url, contact=contact),
        at=NOON + timedelta(seconds=seconds),
        before=before,
        after=standing(now),
        health=now,
    )


def seen(*health: Health, urls: tuple[str, ...] = (URL,)) -> Snapshot:
    """Return a snapshot of these mirrors."""
    by_url = dict(zip(urls, health, strict=False))
    return Snapshot(taken=NOON, vantage="here", health=by_url)


def listed(*urls: str, contact: str | None = None) -> MirrorList:
    """Return a list of these mirrors."""
    mirrors = tuple(Mirror(url=one, contact=contact) for one in urls or (URL,))
    return MirrorList(mirrors=mirrors)


# Text as hostile as it can be: line ends of all kinds, controls, lone surrogates.
hostile = st.text(
    st.characters() | st.sampled_from("\r\n\x00\x0b\x85\u2028\ud800<>@:,;\"'"),
    max_size=120,
)
