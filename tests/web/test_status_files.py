"""What the status pages tell of mirrors' files, where these are indexed."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from mirrorsel.state.scans import write_scans
from tests.web.asking import ask
from tests.web.elements import Elements
from tests.web.scanned_site import SCANS, make_scanned_site
from tests.web.status_site import DE, FR, OFF, US, Site, make_site


@pytest.fixture(scope="module", name="site")
def fixture_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site that no test changes."""
    return make_scanned_site(tmp_path_factory.mktemp("scanned"))


def text(site: Site, path: str) -> str:
    """Return what a person reads of a page."""
    return Elements(ask(site.app, path).text).text


def test_programs_are_told_of_the_last_scans(site: Site) -> None:
    """When, by which protocol, what was there, and what has failed since."""
    report = ask(site.app, "/mirrors/status.json").json
    schema = ask(site.app, "/mirrors/status.schema.json").json
    checked = Draft202012Validator(schema, format_checker=FormatChecker())
    found = {one["url"]: one["files"] for one in report["mirrors"]}
    none = dict.fromkeys(("scanned", "protocol", "held", "missing", "wrong_size"))
    seen = {
        "scanned": "2026-11-23T09:00:00Z",
        "protocol": "rsync",
        "held": 1997,
        "missing": 2,
        "wrong_size": 1,
    }
    good = {"waits": False, "failed": None, "failure": ""}

    assert [] == [*checked.iter_errors(report)]
    assert found[DE] == seen | good
    assert found[FR]["failure"].startswith("bad status: 503 <script>")
    assert found[FR] | {"failure": ""} == seen | {
        "waits": True,
        "failed": "2026-11-23T11:50:00Z",
        "failure": "",
    }
    assert found[US] == none | {
        "waits": False,
        "failed": "2026-11-23T11:59:00Z",
        "failure": "it lists no files: 403 Forbidden",
    }
    assert found[OFF] == none | good
    assert "10.9.8.7" not in str(found)


def test_the_page_of_all_mirrors(site: Site) -> None:
    """A column tells how much of the tree each has, and only all is 100 %."""
    found = text(site, "/mirrors/")

    assert "Last 14 days Files Certificate" in found
    assert "de.example up 0 s 99.9 %" in found
    assert "How many of the published files it had" in found


@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param(
            "de.example-apache",
            "Published files has 1,997 of 2,000, lacks 2, has 1 in another size"
            " Last whole scan 2026-11-23 09:00 UTC, 3 h ago, by rsync Seen from",
            id="scanned",
        ),
        pytest.param(
            "fr.example",
            "by rsync Waits for a scan, as it was out; until then it serves no such"
            " file Failed scan 2026-11-23 11:50 UTC, 10 min ago: bad status: 503",
            id="waiting",
        ),
        pytest.param(
            "us.example",
            "Published files not known, so that it counts as having all Failed scan"
            " 2026-11-23 11:59 UTC, 60 s ago: it lists no files: 403 Forbidden",
            id="without lists",
        ),
    ],
)
def test_the_page_of_one_mirror(site: Site, name: str, told: str) -> None:
    """It says what its last scans saw."""
    assert told in text(site, f"/mirrors/at/{name}/")


def test_pages_follow_the_scans(tmp_path: Path) -> None:
    """What another scan saw shows at once, though answers are kept."""
    site = make_scanned_site(tmp_path)
    before = text(site, "/mirrors/at/us.example/")
    write_scans(site.state.scans, SCANS | {US: SCANS[DE]})
    site.live.poll()

    assert "has 1,997" not in before
    assert "has 1,997" in text(site, "/mirrors/at/us.example/")


def test_without_an_index_nothing_is_told(tmp_path: Path) -> None:
    """Neither of files nor of scans, though an earlier index has left its files."""
    site = make_site(tmp_path)
    bare = [ask(site.app, one).body for one in ("/mirrors/", "/mirrors/status.json")]
    site.state.index.mkdir()
    write_scans(site.state.scans, SCANS)
    site.live.poll()
    left = [ask(site.app, one).body for one in ("/mirrors/", "/mirrors/status.json")]

    assert bare == left
    assert b"files" not in bare[1].replace(b"its files are", b"")
    assert "Published files" not in text(site, "/mirrors/at/de.example-apache/")
