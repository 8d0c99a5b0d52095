"""Cycle after cycle, by clocks that the tests turn."""

import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from mirrorsel.checker.desired import Desired
from mirrorsel.checker.records import Records
from mirrorsel.checker.rounds import Outside, Rounds
from mirrorsel.config import Settings, read_settings
from mirrorsel.model import Health, Mirror, Outcome, ProbeResult, Snapshot, State
from mirrorsel.state import (
    StateFolder,
    Watched,
    read_journal,
    read_probes,
    read_snapshot,
)
from tests.waiting import wait_for

_ORIGIN = "http://origin.example/"
_SETTINGS = f"""
[list]
origin = "{_ORIGIN}"
[checker]
period = "5m"
retry = "1m"
dead_period = "1h"
deadline = "1s"
"""


@dataclass(kw_only=True)
class World:
    """An installation, and a network that answers as the test says."""

    folder: Path
    wall: datetime = datetime(2026, 11, 29, tzinfo=UTC)
    seconds: float = 0.0
    asked: list[tuple[float, str]] = field(default_factory=list)
    """When each URL was asked, by the clock that only goes forward."""
    fails: Callable[[str], bool] = lambda url: "bad" in url
    failure: Outcome = Outcome.TIMEOUT

    @property
    def state(self) -> StateFolder:
        """The state folder."""
        return StateFolder(self.folder / "state")

    @property
    def snapshot(self) -> Snapshot:
        """The last snapshot."""
        return read_snapshot(self.state.snapshot)

    def rounds(self, *urls: str, settings: str = _SETTINGS) -> Rounds:
        """Return the rounds over a list of these mirrors."""
        path = self.folder / "mirrorsel.toml"
        path.write_text(settings)
        listed = self.folder / "mirrors.list"
        listed.write_text("".join(f"http de {url} -\n" for url in urls))
        records = Records(self.state)
        steady = self.steady
        return Rounds(
            Watched(path, read_settings, settle=0, clock=steady),
            Desired(listed, self.state.last_good_list, records, clock=steady),
            records,
            Outside(
                steady=steady,
                shuffle=list.sort,
                wall=lambda: self.wall,
                prober=self.prober,
            ),
        )

    def steady(self) -> float:
        """Return the seconds that passed."""
        return self.seconds

    def prober(self, settings: Settings) -> Callable[[Mirror, Health], ProbeResult]:
        """Return the probe."""
        del settings
        return self.probe

    def probe(self, mirror: Mirror, health: Health) -> ProbeResult:
        """Probe in no time."""
        del health
        self.asked.append((self.seconds, mirror.url))
        failed = self.fails(mirror.url)
        return ProbeResult(
            url=mirror.url,
            at=self.wall,
            outcome=self.failure if failed else Outcome.OK,
            stamp=None if failed else self.wall,
        )

    def live(self, rounds: Rounds, minutes: float, step: float = 5.0) -> int:
        """Let time pass; return how many cycles there were."""
        cycles = 0
        for _ in range(int(minutes * 60 / step)):
            cycles += rounds.tick()
            self.seconds += step
            self.wall += timedelta(seconds=step)
        return cycles

    def times(self, url: str) -> list[float]:
        """Return when a URL was asked."""
        return [when for when, asked in self.asked if asked == url]


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Give an installation."""
    return World(folder=tmp_path)


MANY = [f"http://m{number}.example/" for number in range(30)]


def test_each_mirror_once_a_period(world: World) -> None:
    """Good mirrors are probed once a period, in a few cycles of several."""
    rounds = world.rounds(*MANY)
    cycles = world.live(rounds, 60)
    waits = [
        later - earlier
        for url in MANY
        for earlier, later in pairwise(world.times(url)[1:])
    ]

    assert 0.9 * 300 <= min(waits)
    assert max(waits) <= 1.1 * 300 + 30 + 10
    assert cycles <= 60 * 60 / 30 + 1


def test_second_probe_of_a_new_mirror_is_soon(world: World) -> None:
    """A new mirror is up after two probes, a minute apart."""
    world.live(world.rounds(*MANY), 2)

    assert {one.state for one in world.snapshot.health.values()} == {State.UP}


def test_dead_mirror_is_left_alone(world: World) -> None:
    """A dead mirror is asked less and less, at last once an hour."""
    rounds = world.rounds(*MANY[:3], "http://bad.example/")
    world.live(rounds, 12 * 60, step=20)
    times = world.times("http://bad.example/")
    waits = [later - earlier for earlier, later in pairwise(times)]

    assert len(times) < 24
    assert [wait < 120 for wait in waits[:3]] == [True, True, False]
    assert min(waits[-5:]) >= 0.9 * 3600
    assert world.snapshot.health["http://bad.example/"].state is State.DOWN
    logged = [one.at for one in read_probes(world.state.probes, "http://bad.example/")]
    assert waits == [(later - one).total_seconds() for one, later in pairwise(logged)]


def test_dead_origin_is_not_left_alone(world: World) -> None:
    """The origin is asked once a period even when it is long dead."""
    rounds = world.rounds(MANY[0])
    world.fails = lambda url: url == _ORIGIN
    world.live(rounds, 120, step=20)
    waits = [later - earlier for earlier, later in pairwise(world.times(_ORIGIN))]

    assert world.snapshot.origin.state is State.DOWN
    assert max(waits) <= 1.1 * 300 + 30 + 20


def test_newly_failed_mirror_is_asked_soon(world: World) -> None:
    """A mirror that begins to fail is down within three retries, and back in two."""
    rounds = world.rounds(*MANY)
    world.live(rounds, 30)
    world.fails = lambda url: url == MANY[0]
    world.live(rounds, 5.5 + 2 * 1.6)
    down = world.snapshot.health[MANY[0]]
    world.fails = lambda _: False
    world.live(rounds, 2 * 5.5 + 2 * 1.6)

    assert down.state is State.DOWN
    assert world.snapshot.health[MANY[0]].state is State.UP


@pytest.mark.parametrize("jump", [3600, -3600, 86400 * 365, -86400 * 365])
def test_clock_that_jumps(world: World, jump: int) -> None:
    """Nothing goes down when the clock is set, and the rounds go on."""
    rounds = world.rounds(*MANY)
    world.live(rounds, 20)
    before = world.snapshot
    world.wall += timedelta(seconds=jump)
    world.asked.clear()
    world.live(rounds, 15)
    after = world.snapshot

    assert {one.state for one in after.health.values()} == {State.UP}
    assert not any(one.stale for one in after.health.values())
    assert [one.since for one in after.health.values()] == [
        one.since for one in before.health.values()
    ]
    assert all(2 <= len(world.times(url)) <= 5 for url in MANY)


@pytest.mark.parametrize("outcome", [Outcome.TIMEOUT, Outcome.STATUS, Outcome.TLS])
def test_lost_network(
    world: World, caplog: pytest.LogCaptureFixture, outcome: Outcome
) -> None:
    """Without a network few are asked, one line is logged, and no state changes.

    A network that answers in everybody's place, as that of a hotel, is none either.
    """
    caplog.set_level(logging.INFO, "mirrorsel")
    world.failure = outcome
    rounds = world.rounds(*MANY)
    world.live(rounds, 20)
    before = world.snapshot
    world.fails = lambda _: True
    world.live(rounds, 10)
    world.asked.clear()
    caplog.clear()
    world.live(rounds, 60)
    frozen, asked = world.snapshot, len(world.asked)
    world.fails = lambda _: False
    world.live(rounds, 10)

    assert frozen.frozen
    assert {one.state for one in frozen.health.values()} == {State.UP}
    assert [one.since for one in frozen.health.values()] == [
        one.since for one in before.health.values()
    ]
    assert asked <= 60 * 4
    assert caplog.messages == ["mirrors can be reached again; their states count"]
    assert not world.snapshot.frozen
    assert {one.streak > 0 for one in world.snapshot.health.values()} == {True}


def test_freeze_is_told_once(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """The line that tells of a freeze says who was asked."""
    rounds = world.rounds(*MANY)
    world.fails = lambda _: True
    world.live(rounds, 30)

    line = (
        "30 of 30 mirrors failed, and nobody vouches for this machine's network"
        f" (the origin {_ORIGIN}: no answer in time): this machine's own network is"
        " to blame, so no state changes until somebody does"
    )
    assert [("ERROR", line)] == [
        (one.levelname, one.getMessage()) for one in caplog.records
    ]
    assert {one.state for one in world.snapshot.health.values()} == {State.UNKNOWN}


def test_restart_goes_on(world: World) -> None:
    """A restart asks nobody who was asked a moment ago, and forgets nobody."""
    world.live(world.rounds(*MANY), 20)
    known = world.snapshot.health
    world.asked.clear()
    world.live(world.rounds(*MANY), 8)

    assert Counter(url for _, url in world.asked).most_common(1)[0][1] <= 2
    assert len({url for _, url in world.asked}) == len(MANY) + 1
    assert known.keys() == world.snapshot.health.keys()
    assert min(one.streak for one in world.snapshot.health.values()) > 3


def test_disabled_mirror_is_forgotten_soon(world: World) -> None:
    """A mirror that is taken out of service for half a minute starts anew."""
    rounds = world.rounds(*MANY)
    world.live(rounds, 20)
    listed = world.folder / "mirrors.list"
    lines = [f"http de {url} -" for url in MANY]
    listed.write_text("\n".join([*lines[:-1], f"{lines[-1]} disabled=yes", ""]))
    world.live(rounds, 0.75)

    assert MANY[-1] not in world.snapshot.health
    assert len(world.snapshot.health) == len(MANY) - 1


def test_nothing_due_writes_nothing(world: World) -> None:
    """Between cycles neither the journal nor the snapshot is touched."""
    rounds = world.rounds(*MANY)
    cycles = world.live(rounds, 10)
    changes = len(MANY)

    assert len(read_journal(world.state.journal)) == cycles + changes


def test_first_round_of_many(world: World) -> None:
    """500 mirrors, of which some hang, are probed within a period of seconds."""
    slow = '[checker]\nperiod = "4s"\ndeadline = "1s"\n'

    def hangs(url: str) -> bool:
        if url.endswith("0.example/"):
            time.sleep(0.5)
            return True
        return False

    world.fails = hangs
    urls = [f"http://m{number}.example/" for number in range(500)]
    rounds = world.rounds(*urls, settings=slow)
    start = time.monotonic()
    rounds.tick()
    took = time.monotonic() - start

    assert took < 4
    assert len(world.snapshot.health) == 500
    assert all(one.checked for one in world.snapshot.health.values())


def test_a_list_is_published_during_a_cycle(world: World) -> None:
    """However long a probe takes, an edit does not wait for it."""
    rounds = world.rounds(MANY[0])
    published = world.state.published_list

    def is_published() -> bool:
        # Each look at the list finds that time has passed.
        world.seconds += 1
        return MANY[1] in published.read_text()

    def edits_and_waits(_: str) -> bool:
        (world.folder / "mirrors.list").write_text(f"http de {MANY[1]}\n")
        wait_for(is_published)
        return False

    world.fails = edits_and_waits

    assert rounds.tick()
    assert is_published()
    assert [MANY[0]] == list(world.snapshot.health)
