"""One cycle over a list."""

from datetime import UTC, datetime

from mirrorsel.checker import run_cycle
from mirrorsel.checker.cycle import Plan
from mirrorsel.config import Settings
from mirrorsel.health import HealthPolicy
from mirrorsel.model import Kind, Mirror, MirrorList, Outcome, ProbeResult, State

NOW = datetime.now(UTC)


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

    def __call__(self, mirror: Mirror) -> ProbeResult:
        """Probe."""
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
    assert sorted(cycle.snapshot.health) == sorted(listed)


def test_origin_that_is_listed_is_probed_once() -> None:
    """An origin that is a mirror too costs one probe."""
    seen = Seen()
    cycle = run_cycle(None, plan(Mirror(url="http://origin.example/")), seen)

    assert seen.urls == ["http://origin.example/"]
    assert list(cycle.snapshot.health) == ["http://origin.example/"]


def test_start_order_is_shuffled() -> None:
    """The mirrors start in the order that chance gives, behind the origin."""
    seen = Seen()
    one = Plan(
        origin="http://origin.example/",
        mirrors=MirrorList(mirrors=(Mirror(url="http://a/"), Mirror(url="http://b/"))),
        policy=HealthPolicy(),
        vantage="",
        jobs=1,
        deadline=1,
    )
    run_cycle(None, one, seen, shuffle=list.reverse)

    assert seen.urls == ["http://origin.example/", "http://b/", "http://a/"]


def test_plan_takes_the_settings() -> None:
    """A place without a name is called after its machine."""
    one = Plan.of(Settings(), MirrorList(mirrors=()))

    assert one.origin == "https://downloads.apache.org/"
    assert one.vantage
