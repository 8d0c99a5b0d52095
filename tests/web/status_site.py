"""A site whose mirrors have a past, for tests of its status pages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mirrorsel.health import Change, History, Track
from mirrorsel.model import (
    Attempt,
    Caution,
    Certificate,
    Drift,
    Health,
    How,
    Outcome,
    ProbeResult,
    Reach,
    Snapshot,
    State,
)
from mirrorsel.state import (
    StateFolder,
    append_probe,
    write_history,
    write_snapshot,
)
from mirrorsel.web.app import Wsgi, create_app
from mirrorsel.web.counted import SELECTED, Selected
from mirrorsel.web.counters import Counters
from mirrorsel.web.live import Live
from tests.web.sites import lay_out

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DE, FR, US = "https://de.example/apache/", "https://fr.example/", "http://us.example/"
OFF = "https://off.example/"
LIST = f"""\
http de {DE} joe@de.example
http fr {FR} jean@fr.example
http us {US} jim@us.example
http fr {OFF} jean@fr.example disabled="quarrel with Jean"
"""
HOSTILE = "<script>alert(1)</script>]]>\"'--><b>\u202eevil\u2066 10.9.8.7 /etc/passwd"
"""What a mirror may have sent, and no page may obey."""

UP = Health(
    state=State.UP,
    since=NOON - timedelta(days=3),
    checked=NOON,
    stamp=NOON,
    outcome=Outcome.OK,
    pace=0.25,
    ipv4=Reach(up=True),
    ipv6=Reach(up=False, outcome=Outcome.TIMEOUT, detail=HOSTILE),
    certificate=Certificate(expiry=NOON + timedelta(days=9, hours=1), issuer=HOSTILE),
)
DOWN = replace(
    UP,
    state=State.DOWN,
    since=NOON - timedelta(hours=3),
    outcome=Outcome.SOFT_404,
    detail=HOSTILE,
    quarantine=HOSTILE,
)
DRIFTED = replace(
    UP,
    stale=True,
    stamp=NOON - timedelta(days=2),
    drift=Drift(caution=Caution.TARGET, at=NOON, before=HOSTILE, after=HOSTILE),
)


@dataclass
class Site:
    """The files of a site, and the application that reads them."""

    folder: Path
    live: Live
    app: Wsgi
    counters: Counters
    moment: datetime = NOON
    """The present."""

    def select(self, url: str, count: int) -> None:
        """Count that so many clients were given a mirror."""
        chosen = Selected(url, How.NEAR, "de")
        request = {"REQUEST_METHOD": "GET", "PATH_INFO": "/get/x", SELECTED: chosen}
        for _ in range(count):
            self.counters.tally.note(request, 0.001)

    @property
    def state(self) -> StateFolder:
        """What the checker writes."""
        return StateFolder(self.folder / "state")

    def write(self, health: Mapping[str, Health]) -> None:
        """Write another snapshot, and have it read."""
        write_health(self.state, health)
        self.live.poll()


def write_health(state: StateFolder, health: Mapping[str, Health]) -> None:
    """Write a snapshot from a hostile vantage."""
    snapshot = Snapshot(
        taken=NOON, vantage=HOSTILE, origin=Health(stamp=NOON), health=health
    )
    write_snapshot(state.snapshot, snapshot)


def make_site(folder: Path, settings: str = "", listed: str = LIST) -> Site:
    """Return a site in which one mirror is up, one stale, one down and one off."""
    text = f'[list]\norigin = "https://origin.example/"\n{settings}'
    file = lay_out(folder, listed=listed, settings=text, health=None)
    state = StateFolder(folder / "state")
    write_health(state, {DE: UP, FR: DRIFTED, US: DOWN})
    write_history(state.history, past())
    state.probes.mkdir()
    for number in range(120):
        append_probe(state.probes, probe(number))
    live = Live(file)
    made: list[Site] = []
    counters = Counters(None, {"de"})
    app = create_app(
        lambda: live.realm,
        counters,
        past=lambda: live.past,
        now=lambda: made[0].moment,
    )
    made.append(Site(folder=folder, live=live, app=app, counters=counters))
    return made[0]


def past() -> History:
    """Return a past in which one mirror went down for a hostile reason."""
    change = Change(
        url=US,
        at=NOON - timedelta(hours=3),
        before=State.UP,
        after=State.DOWN,
        stale=False,
        outcome=Outcome.SOFT_404,
        detail=HOSTILE,
    )
    return History(
        hour=NOON,
        tracks={
            DE: Track(hours="u" * 336),
            US: Track(hours="u" * 333 + "ddd", changes=(change,)),
        },
    )


def probe(number: int) -> ProbeResult:
    """Return one of many failed probes of the mirror that is down."""
    return ProbeResult(
        url=US,
        at=NOON - timedelta(minutes=5 * (120 - number)),
        outcome=Outcome.SOFT_404,
        detail=f"number {number} {HOSTILE}",
        seconds=0.5,
        attempts=(Attempt(family=4, outcome=Outcome.OK, seconds=0.1),),
        stamp=NOON,
        sample=HOSTILE,
    )
