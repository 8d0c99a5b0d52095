"""Tests that document, dashboard and alerts name the metrics that there are."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from mirrorsel.geo import load_countries
from mirrorsel.health.history import History
from mirrorsel.indexing.standing import write_standing
from mirrorsel.model import Certificate, Health, How, Outcome, Snapshot, State
from mirrorsel.state import write_history, write_snapshot
from mirrorsel.state.scans import write_scans
from mirrorsel.web.app import create_app
from mirrorsel.web.counted import ENDPOINTS
from mirrorsel.web.file_gauges import PRESENCES
from mirrorsel.web.files import Files
from mirrorsel.web.gauges import STATES
from mirrorsel.web.past import Past
from mirrorsel.web.realm import make_geography, make_realm
from mirrorsel.web.tally import BOUNDS
from tests.docs.reference import ROOT
from tests.geodb import write_city_database
from tests.web.asking import ask
from tests.web.scanned_site import SCANS, STANDING
from tests.web.status_site import DE

DOCUMENT = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
ALERTS = (ROOT / "docs" / "alert-rules.yaml").read_text(encoding="utf-8")
DASHBOARD: Mapping[str, Any] = json.loads(
    (ROOT / "docs" / "grafana-dashboard.json").read_text(encoding="utf-8")
)

NAME = re.compile(r"\bmirrorsel_[a-z0-9_]+")
SELECTOR = re.compile(r"(mirrorsel_[a-z0-9_]+)\{([^}]*)\}")
MATCHER = re.compile(r'([a-z_]+)(?:=~|!~|!=|=)"([^"]*)"')
TARGET = {"job", "instance", "le"}
"""Labels that Prometheus itself adds, and the one of buckets."""


def _lay_out(folder: Path) -> Path:
    """Write all that can be known of a site; return its settings file."""
    url, now = "https://mirror.example.de/apache/", datetime.now(UTC)
    database = write_city_database(folder / "city.mmdb", {})
    (folder / "mirrorsel.toml").write_text(
        f'[geoip]\ndatabase = "{database}"\n[tree]\nindex = "origin"\n'
    )
    (folder / "mirrors.list").write_text(f"http de {url}\n")
    (folder / "state").mkdir()
    known = Health(
        state=State.UP,
        checked=now,
        stamp=now,
        certificate=Certificate(expiry=now + timedelta(days=30)),
    )
    snapshot = Snapshot(taken=now, origin=known, health={url: known})
    write_snapshot(folder / "state" / "snapshot", snapshot)
    write_history(folder / "state" / "history", History(hour=now))
    (folder / "state" / "index").mkdir()
    write_standing(folder / "state" / "index" / "indexed", STANDING)
    write_scans(folder / "state" / "index" / "scans", {url: SCANS[DE]})
    return folder / "mirrorsel.toml"


def _labels(folder: Path) -> Mapping[str, set[str]]:
    """Return the labels of all samples of a site where all is known, by name."""
    countries, files = load_countries(), Files(_lay_out(folder))
    sources, past = files.sources(countries), Past(files.state)
    realm = make_realm(sources, make_geography(sources, countries), countries)
    app = create_app(lambda: realm, past=lambda: past)
    ask(app, "/get/a")
    return {
        sample.name: set(sample.labels)
        for family in text_string_to_metric_families(ask(app, "/mirrors/metrics").text)
        for sample in family.samples
    }


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, set[str]]:
    """Return the labels of every sample that can be scraped, by its name."""
    return _labels(tmp_path_factory.mktemp("metrics"))


def _family(name: str, known: Mapping[str, set[str]]) -> str:
    """Return the name under which a sample is documented."""
    base = re.sub(r"_(bucket|sum|count)$", "", name)
    return base if f"{base}_bucket" in known else name


def _expressions() -> list[str]:
    panels = [
        target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]
    ]
    chosen = [
        one["definition"]
        for one in DASHBOARD["templating"]["list"]
        if "definition" in one
    ]
    return panels + chosen + re.findall(r"^ +expr: (.+)$", ALERTS, re.MULTILINE)


def test_every_metric_is_described(known: Mapping[str, set[str]]) -> None:
    """The tables have all of them, with their labels, and no others."""
    rows = re.findall(
        r"^\| `(mirrorsel_\w+)` \| \w+ \|([^|]*)\|", DOCUMENT, re.MULTILINE
    )
    described = {name: set(re.findall(r"\w+", labels)) for name, labels in rows}
    scraped = {_family(name, known): labels - {"le"} for name, labels in known.items()}

    assert scraped == described
    assert set(NAME.findall(DOCUMENT)) == described.keys()


def test_the_values_of_labels_are_described() -> None:
    """Whoever writes a query finds there what to compare with."""
    for one in (*STATES, *ENDPOINTS, *How, *PRESENCES):
        assert f"`{one}`" in DOCUMENT
    for bound in BOUNDS:
        assert re.search(rf"\b{bound:g}\b", DOCUMENT)


@pytest.mark.parametrize("expression", _expressions())
def test_expressions_name_what_there_is(
    known: Mapping[str, set[str]], expression: str
) -> None:
    """Every metric exists, and has the labels by which it is chosen and summed."""
    names = NAME.findall(expression)
    labels = set().union(*(known[name] for name in names)) | TARGET
    grouped = re.findall(r"\b(?:by|without|on|group_left) \(([^)]*)\)", expression)

    assert names
    for name, matchers in SELECTOR.findall(expression):
        assert {label for label, _ in MATCHER.findall(matchers)} <= known[name] | TARGET
    assert {one for group in grouped for one in re.findall(r"\w+", group)} <= labels


@pytest.mark.parametrize("expression", _expressions())
def test_expressions_compare_with_what_may_be(expression: str) -> None:
    """States, outcomes and endpoints are spelt as they are shown."""
    values = {
        "presence": PRESENCES,
        "state": STATES,
        "endpoint": ENDPOINTS,
        "outcome": (*How, *Outcome),
    }

    for label, value in MATCHER.findall(expression):
        if label in values:
            assert set(value.split("|")) <= set(values[label])


def test_every_rule_is_read() -> None:
    """The tests above see each expression; none stands on several lines."""
    assert ALERTS.count("- alert:") == len(re.findall(r"expr: \S", ALERTS))
    assert len(_expressions()) > 30


def test_what_is_named_elsewhere_exists(known: Mapping[str, set[str]]) -> None:
    """Descriptions and legends name no other metrics either."""
    named = set(NAME.findall(ALERTS + json.dumps(DASHBOARD)))

    assert named <= known.keys()
    assert {_family(one, known) for one in known} <= {
        _family(one, known) for one in named
    }


def test_panels_do_not_lie_on_each_other() -> None:
    """Each has a place of its own and an id of its own."""
    panels = DASHBOARD["panels"]
    cells = [
        (x, y)
        for place in (one["gridPos"] for one in panels)
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]

    assert len(cells) == len(set(cells))
    assert len({one["id"] for one in panels}) == len(panels)
