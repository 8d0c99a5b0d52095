"""What metrics tell of a moment, of a site where little is well."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from falcon import App

from mirrorsel.health.history import BUCKETS, History
from mirrorsel.model import Certificate, Country, Health, Outcome, State
from mirrorsel.state import write_history
from mirrorsel.web.counted import SELECTED, Selected
from mirrorsel.web.counters import Counters
from mirrorsel.web.files import Files
from mirrorsel.web.metrics import make_metrics
from mirrorsel.web.past import Past
from mirrorsel.web.realm import make_geography, make_realm
from tests.web.asking import ask
from tests.web.scraped import METRICS, Samples, samples
from tests.web.sites import DOWN, NOON, STALE, UP, lay_out

NOW = NOON + timedelta(hours=1)


HEALTH: Mapping[str, Health] = {
    "de1.example": replace(
        UP,
        seconds=0.25,
        certificate=Certificate(expiry=NOW + timedelta(days=2)),
    ),
    "de2.example": DOWN,
    "fr.example": STALE,
    "uk.example": Health(),
    "us.example": Health(checked=NOON),
    "jp.example": replace(DOWN, quarantine="another tree"),
    "off.example": DOWN,
}


class Site:
    """A site whose parts a test may replace, and what it shows."""

    def __init__(self, folder: Path, countries: Mapping[str, Country]) -> None:
        self.folder = folder
        files = Files(lay_out(folder, health=HEALTH))
        sources = files.sources(countries)
        self.realm = make_realm(sources, make_geography(sources, countries), countries)
        self.counters = Counters(None, countries)
        self.app = App()
        self.past = Past(files.state)
        metrics = make_metrics(
            lambda: self.realm,
            self.counters,
            lambda: 3,
            lambda: self.past,
            lambda: NOW,
        )
        self.app.add_route(METRICS, metrics)

    def samples(self) -> Samples:
        """Return what a scrape shows now."""
        self.past.poll()
        return samples(ask(self.app, METRICS).text)


@pytest.fixture
def site(tmp_path: Path, countries: Mapping[str, Country]) -> Site:
    """Return a site where little is well."""
    return Site(tmp_path, countries)


def test_mirrors_by_state(site: Site) -> None:
    """Each mirror of the list has one state."""
    found = site.samples()
    states = {
        key[1]: value for key, value in found.items() if key[0] == "mirrorsel_mirrors"
    }

    assert states == {
        "up": 4,
        "stale": 1,
        "down": 1,
        "unknown": 2,
        "quarantined": 1,
        "disabled": 1,
    }


def test_what_is_known_of_a_mirror(site: Site) -> None:
    """A value that nobody knows is absent, and not zero."""
    found = site.samples()

    def of(url: str) -> Mapping[str, float]:
        start = "mirrorsel_mirror_"
        return {
            key[0].removeprefix(start): value
            for key, value in found.items()
            if key[0].startswith(start) and key[1] == url
        }

    assert of("https://de1.example/apache/") == {
        "up": 1,
        "stale": 0,
        "stamp_age_seconds": 3600,
        "certificate_expiry_seconds": 2 * 86_400,
        "probe_seconds": 0.25,
    }
    assert of("https://de2.example/apache/")["up"] == 0
    assert of("https://fr.example/")["stale"] == 1
    assert of("https://uk.example/apache/") == {}
    assert of("https://us.example/apache/") == {"stale": 0, "probe_seconds": 0}
    assert of("https://off.example/apache/") == {}


def test_what_is_known_of_the_system(site: Site) -> None:
    """Ages are held against the clock; what is not known is absent."""
    found = site.samples()

    assert found["mirrorsel_snapshot_age_seconds",] == 3600
    assert found["mirrorsel_frozen",] == 0
    assert found["mirrorsel_list_errors",] == 3
    assert found["mirrorsel_counters_shared",] == 0
    assert ("mirrorsel_list_age_seconds",) in found
    assert ("mirrorsel_origin_stamp_age_seconds",) not in found
    assert not any(key[0] == "mirrorsel_geoip_age_seconds" for key in found)
    assert [1] == [v for key, v in found.items() if key[0] == "mirrorsel_build_info"]


def test_more_is_known_later(site: Site) -> None:
    """A frozen snapshot, the origin's stamp, and no list any more."""
    snapshot = site.realm.sources.snapshot
    assert snapshot
    changed = replace(
        snapshot,
        frozen_since=NOON,
        origin=Health(state=State.UP, stamp=NOON - timedelta(hours=1)),
    )
    site.realm = replace(
        site.realm, sources=replace(site.realm.sources, snapshot=changed)
    )
    (site.folder / "mirrors.list").unlink()
    found = site.samples()

    assert found["mirrorsel_frozen",] == 1
    assert found["mirrorsel_origin_stamp_age_seconds",] == 7200
    assert ("mirrorsel_list_age_seconds",) not in found


def test_before_the_first_snapshot(site: Site) -> None:
    """Nothing is said of what the checker has not seen."""
    site.realm = replace(site.realm, sources=replace(site.realm.sources, snapshot=None))
    found = site.samples()

    assert found["mirrorsel_mirrors", "unknown"] == 9
    assert not any(key[0].startswith("mirrorsel_mirror_") for key in found)
    assert ("mirrorsel_snapshot_age_seconds",) not in found
    assert ("mirrorsel_frozen",) not in found


def test_probes_are_the_checker_s_own_counts(site: Site) -> None:
    """They are read when there are new ones; before, there are none."""
    before = site.samples()
    history = History(
        hour=NOON,
        outcomes={Outcome.OK: 4, Outcome.DNS: 6},
        durations=(1, 2, *[0] * (len(BUCKETS) - 2), 7),
        seconds=12.5,
    )
    write_history(site.folder / "state" / "history", history)
    found = site.samples()

    assert not any(key[0].startswith("mirrorsel_probe") for key in before)
    assert found["mirrorsel_probes_total", "ok"] == 4
    assert found["mirrorsel_probes_total", "tls"] == 0
    assert found["mirrorsel_probe_seconds_bucket", "0.25"] == 3
    assert found["mirrorsel_probe_seconds_bucket", "+Inf"] == 10
    assert found["mirrorsel_probe_seconds_count",] == 10
    assert found["mirrorsel_probe_seconds_sum",] == 12.5


def test_a_history_by_other_bounds_is_left_out(site: Site) -> None:
    """One from before an upgrade tells of no probes until it is begun anew."""
    history = History(hour=NOON, durations=(1, 2))
    write_history(site.folder / "state" / "history", history)
    found = site.samples()

    assert not any(key[0].startswith("mirrorsel_probe") for key in found)
    assert found["mirrorsel_frozen",] == 0


def test_a_mirror_that_left_the_list_is_not_shown(site: Site) -> None:
    """Its counts stay in their file: were it back, they would go on."""
    gone = Selected("https://gone.example/", "near", "de")
    note = {"REQUEST_METHOD": "GET", "PATH_INFO": "/get/a", SELECTED: gone}
    site.counters.tally.note(note, 0.001)

    assert "gone.example" not in ask(site.app, METRICS).text
    assert site.counters.shares() == {gone.mirror: 1}
