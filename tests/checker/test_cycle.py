"""One cycle over a list."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mirrorsel.checker import run_cycle
from mirrorsel.checker.cycle import Due, due
from mirrorsel.checker.inquiry import Means
from mirrorsel.checker.plan import Plan
from mirrorsel.config import Settings
from mirrorsel.health import HealthPolicy, Rhythm, Role
from mirrorsel.model import (
    Health,
    Kind,
    Mirror,
    MirrorList,
    Outcome,
    ProbeResult,
    Snapshot,
    State,
)

NOW = datetime.now(UTC)
_NEW = Health()


def plan(*mirrors: Mirror) -> Plan:
    """Return a plan with thresholds of one."""
    return Plan(
        origin="http://origin.example/",
        mirrors=MirrorList(mirrors=mirrors),
        policy=HealthPolicy(rise=1, fall=1),
        vantage="here",
        jobs=4,
        deadline=1,
    )


class Seen:
    """A probe that remembers whom it asked; URLs with `bad` in them fail."""

    def __init__(self) -> None:
        self.urls: list[str] = []

    def __call__(self, mirror: Mirror, health: Health = _NEW) -> ProbeResult:
        """Probe."""
        del health
        url = mirror.url
        self.urls.append(url)
        if "bad" in url:
            return ProbeResult(url=url, at=NOW, outcome=Outcome.REFUSED)
        return ProbeResult(url=url, at=NOW, outcome=Outcome.OK, stamp=NOW)


def test_cycle_makes_snapshot() -> None:
    """The snapshot has every mirror that was probed, the summary the numbers."""
    good, bad = Mirror(url="http://good/"), Mirror(url="http://bad/")
    cycle = run_cycle(None, plan(good, bad), Seen())
    states = {url: one.state for url, one in cycle.snapshot.health.items()}

    assert states == {good.url: State.UP, bad.url: State.DOWN}
    assert (cycle.summary.probed, cycle.summary.good) == (2, 1)
    assert sorted(one.url for one in cycle.changes) == [bad.url, good.url]


def test_who_is_probed() -> None:
    """Mirrors in service are probed, of any kind, Backup ones too, and the origin."""
    seen = Seen()
    listed = ["https://m/", "https://backup/", "ftp://f/", "rsync://r/"]
    cycle = run_cycle(
        None,
        plan(
            Mirror(url="https://m/"),
            Mirror(url="https://backup/", backup=True),
            Mirror(url="https://off/", disabled=""),
            Mirror(url="ftp://f/", kind=Kind.FTP),
            Mirror(url="rsync://r/", kind=Kind.RSYNC),
        ),
        seen,
    )

    assert sorted(seen.urls) == sorted(["http://origin.example/", *listed])
    assert list(cycle.snapshot.health) == listed


def test_origin_that_is_listed_is_probed_once() -> None:
    """An origin that is a mirror too costs one probe."""
    seen = Seen()
    cycle = run_cycle(None, plan(Mirror(url="http://origin.example/")), seen)

    assert seen.urls == ["http://origin.example/"]
    assert list(cycle.snapshot.health) == ["http://origin.example/"]
    assert cycle.origin == cycle.results[0]


def test_start_order_is_shuffled() -> None:
    """The mirrors start in the order that chance gives, behind the origin."""
    seen = Seen()
    one = replace(plan(*mirrors("ab")), jobs=1)
    run_cycle(None, one, seen, Means(shuffle=list.reverse))

    assert seen.urls == ["http://origin.example/", "http://b/", "http://a/"]


def test_plan_takes_the_settings() -> None:
    """A place without a name is called after its machine."""
    one = Plan.of(Settings(), MirrorList(mirrors=()))

    assert one.origin == "https://downloads.apache.org/"
    assert one.vantage
    assert one.rhythm == Rhythm(period=300, retry=60, dead_period=3600, fall=3)
    assert one.bounds.jobs_per_host == 2


def mirrors(names: str) -> list[Mirror]:
    """Return a mirror for each letter; upper case letters are bad."""
    hosts = (f"bad-{one.lower()}" if one.isupper() else one for one in names)
    return [Mirror(url=f"http://{host}/") for host in hosts]


def rhythmic(*listed: Mirror, **changes: Any) -> Plan:
    """Return a plan by which a mirror is probed each hour."""
    hourly = Rhythm(period=3600, retry=600, dead_period=7200, fall=1)
    return replace(plan(*listed), rhythm=hourly, **changes)


def known(ago: float, *listed: Mirror, **changes: Any) -> Snapshot:
    """Return a snapshot in which all were up when seen so many minutes ago."""
    checked = NOW - timedelta(minutes=ago)
    health = Health(state=State.UP, streak=5, checked=checked, outcome=Outcome.OK)
    healths = {one.url: health for one in listed}
    fresh = Health(state=State.UP, streak=5, checked=NOW, stamp=NOW)
    return Snapshot(taken=NOW, origin=fresh, health=healths, **changes)


def test_only_what_is_due() -> None:
    """A mirror that was probed a moment ago is left alone, and so is the origin."""
    old, new = mirrors("ab")
    before = known(90, old)
    before = replace(before, health={**before.health, **known(5, new).health})
    seen = Seen()
    cycle = run_cycle(before, rhythmic(old, new), seen)

    assert seen.urls == [old.url]
    assert (cycle.origin, cycle.summary.probed) == (None, 1)
    assert list(cycle.snapshot.health) == [old.url, new.url]


def test_nothing_is_due() -> None:
    """With all of them probed a moment ago there is nothing to do."""
    listed = mirrors("ab")

    assert not due(known(1, *listed), rhythmic(*listed), NOW)


def test_list_that_lost_a_mirror_is_due() -> None:
    """What is known of a mirror that left the list is forgotten soon."""
    kept, gone = mirrors("ab")
    wanted = due(known(1, kept, gone), rhythmic(kept), NOW)

    assert wanted == Due(mirrors=(), origin=False, gone=True)
    assert wanted


def test_origin_is_asked_when_a_mirror_fails() -> None:
    """Where a mirror fails, the origin is asked whether it is due or not."""
    listed = mirrors("aB")
    seen = Seen()
    cycle = run_cycle(known(90, *listed), rhythmic(*listed), seen)

    assert seen.urls[-1] == "http://origin.example/"
    assert cycle.origin
    assert cycle.snapshot.health[listed[1].url].state is State.DOWN


ORIGIN = "http://origin.example/"
BAD_ORIGIN = "http://origin.bad.example/"


class Canaries:
    """Canaries that remember that they were asked; URLs with `bad` in them fail."""

    def __init__(self) -> None:
        self.urls: list[str] = []

    def __call__(self, page: Mirror) -> ProbeResult:
        """Answer."""
        self.urls.append(page.url)
        outcome = Outcome.DNS if "bad" in page.url else Outcome.OK
        return ProbeResult(url=page.url, at=NOW, outcome=outcome)


@pytest.mark.parametrize(
    ("names", "origin", "canaries", "asked", "frozen"),
    [
        pytest.param("aB", "http://o/", ["c1"], "", False, id="no-doubt"),
        pytest.param("B", "http://o/", [], "", False, id="the-origin-vouches"),
        pytest.param("B", "http://o/", ["c1"], "c", False, id="canaries-vouch"),
        pytest.param("B", "http://o/", ["bad"], "c", True, id="canary-and-no-spare"),
        pytest.param("B", BAD_ORIGIN, [], "", True, id="nobody-else"),
        pytest.param("Bxyzw", BAD_ORIGIN, [], "s", False, id="spares-vouch"),
        pytest.param("Bxyzw", BAD_ORIGIN, ["c1"], "c", False, id="canaries-first"),
        pytest.param("Bxyzw", "http://o/", ["bad"], "cs", False, id="then-spares"),
    ],
)
def test_witnesses(
    names: str,
    origin: str,
    canaries: list[str],
    asked: str,
    frozen: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """Others are asked only where the failures leave a doubt, and few of them."""
    listed = mirrors(names)
    old = [one for one in listed if one.url[7:8] not in "xyzw"]
    before = known(90, *old)
    before = replace(
        before, health={**before.health, **known(5, *listed[len(old) :]).health}
    )
    urls = tuple(f"http://{one}/" for one in canaries)
    one = rhythmic(*listed, origin=origin, canaries=urls)
    cycle = run_cycle(before, one, Seen(), Means(canary=Canaries()))
    roles = [one.role for one in cycle.witnesses]

    assert frozen == cycle.snapshot.frozen
    assert ("c" in asked) == (Role.CANARY in roles)
    assert ("s" in asked) == (Role.SPARE in roles)
    assert roles.count(Role.SPARE) <= 3
    assert {one.url for one in cycle.results} == {one.url for one in old}


def test_spares_are_up() -> None:
    """In doubt, no mirror is asked that is not up: it would prove nothing."""
    failing, other = mirrors("Bx")
    before = known(90, failing)
    down = Health(state=State.DOWN, streak=-1, checked=NOW)
    before = replace(before, health={**before.health, other.url: down})
    seen = Seen()
    run_cycle(before, rhythmic(failing, other, origin=BAD_ORIGIN), seen)

    assert other.url not in seen.urls


def test_frozen_asks_witnesses_first() -> None:
    """While nobody vouches, mirrors are left alone, but for a few in turn."""
    listed = mirrors("ABCDEFGH")
    before = known(90, *listed, frozen_since=NOW)
    seen, canaries = Seen(), Canaries()
    one = rhythmic(*listed, origin=BAD_ORIGIN, canaries=("http://bad/",))
    cycle = run_cycle(before, one, seen, Means(canary=canaries))

    assert (len(seen.urls), canaries.urls) == (1 + 3, ["http://bad/"])
    assert (cycle.results, cycle.snapshot.frozen_since) == ((), NOW)
    assert cycle.snapshot.health == before.health


def test_freeze_ends_with_a_voucher() -> None:
    """When a witness answers, all that is due is probed in the same cycle."""
    listed = mirrors("abC")
    before = known(90, *listed, frozen_since=NOW)
    one = rhythmic(*listed, origin=BAD_ORIGIN, canaries=("http://c/",))
    cycle = run_cycle(before, one, Seen(), Means(canary=Canaries()))

    assert len(cycle.results) == 3
    assert not cycle.snapshot.frozen
    assert cycle.snapshot.health[listed[2].url].state is State.DOWN


def test_freeze_of_a_first_start_ends() -> None:
    """A start without a network and with a dead origin ends by any mirror."""
    listed = mirrors("abc")
    before = Snapshot(
        taken=NOW, frozen_since=NOW, health={one.url: Health() for one in listed}
    )
    cycle = run_cycle(before, rhythmic(*listed, origin=BAD_ORIGIN), Seen())

    assert not cycle.snapshot.frozen
    assert {one.state for one in cycle.snapshot.health.values()} == {State.UP}


def test_health_goes_with_the_probe() -> None:
    """A probe is told what was believed before, the origin's of the origin."""
    told: dict[str, Health] = {}

    def probe(mirror: Mirror, health: Health) -> ProbeResult:
        told[mirror.url] = health
        return ProbeResult(url=mirror.url, at=NOW, outcome=Outcome.OK)

    (one,) = mirrors("a")
    before = known(90, one)
    before = replace(before, origin=replace(before.origin, checked=None))
    run_cycle(before, rhythmic(one), probe)

    assert told == {one.url: before.health[one.url], ORIGIN: before.origin}


def test_others_are_compared_where_nobody_agrees() -> None:
    """A mirror that differs alone is wrong; if the others do too, the sample is."""
    listed = mirrors("axyz")
    before = replace(
        known(90, *listed[:1]),
        health={**known(90, *listed[:1]).health, **known(5, *listed[1:]).health},
    )

    def cycle(wrong: str) -> tuple[bool, State]:
        def probe(mirror: Mirror, _health: Health) -> ProbeResult:
            bad = mirror.url[7:8] in wrong
            outcome = Outcome.BAD_HASH if bad else Outcome.OK
            return ProbeResult(
                url=mirror.url, at=NOW, outcome=outcome, stamp=NOW, sample="f"
            )

        made = run_cycle(before, rhythmic(*listed), probe)
        return made.disputed, made.snapshot.health[listed[0].url].state

    assert (False, State.DOWN) == cycle("a")
    assert (False, State.DOWN) == cycle("axy")
    assert (True, State.UP) == cycle("axyz")
