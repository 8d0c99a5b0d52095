"""What metrics tell of the published files, and of which mirror has them."""

from pathlib import Path

import pytest

from mirrorsel.indexing.standing import IndexStanding, write_standing
from tests.web.asking import ask
from tests.web.scanned_site import STANDING, make_scanned_site
from tests.web.scraped import METRICS, Samples, samples
from tests.web.status_site import DE, FR, NOON, US, Site, make_site


@pytest.fixture(name="site")
def fixture_site(tmp_path: Path) -> Site:
    """Return a site whose mirrors were scanned."""
    return make_scanned_site(tmp_path)


def files_metrics(site: Site) -> Samples:
    """Return what a scrape tells of files."""
    site.live.poll()
    found = samples(ask(site.app, METRICS).text)
    starts = ("mirrorsel_index", "mirrorsel_mirror_files", "mirrorsel_mirror_scan")
    kinds = (*starts, "mirrorsel_mirror_waits")
    return {
        (key[0].removeprefix("mirrorsel_"), *key[1:]): value
        for key, value in found.items()
        if key[0].startswith(kinds)
    }


def test_of_the_index_and_of_each_mirror(site: Site) -> None:
    """What a mirror has is of its last whole scan, however many have failed since."""
    assert files_metrics(site) == {
        ("index_failing",): 0,
        ("index_age_seconds",): 240,
        ("index_seconds",): 2.5,
        ("index_files",): 2000,
        ("index_bytes",): 1e12,
        ("index_disputed_files",): 1,
        ("index_loss",): 0,
        ("index_left_out", "hidden"): 3,
        ("mirror_files", DE, "held"): 1997,
        ("mirror_files", DE, "missing"): 2,
        ("mirror_files", DE, "wrong_size"): 1,
        ("mirror_files", FR, "held"): 1997,
        ("mirror_files", FR, "missing"): 2,
        ("mirror_files", FR, "wrong_size"): 1,
        ("mirror_scan_age_seconds", DE): 10800,
        ("mirror_scan_age_seconds", FR): 10800,
        ("mirror_scan_seconds", DE): 12.5,
        ("mirror_scan_seconds", FR): 12.5,
        ("mirror_scan_failures", DE): 0,
        ("mirror_scan_failures", FR): 2,
        ("mirror_scan_failures", US): 3,
        ("mirror_waits", DE): 0,
        ("mirror_waits", FR): 1,
        ("mirror_waits", US): 0,
    }


def test_of_an_index_that_is_not_whole_yet(site: Site) -> None:
    """What nobody knows is absent, and not zero."""
    standing = IndexStanding(root="/srv/tree", at=NOON, problem="the disk is full")
    write_standing(site.state.indexed, standing)
    found = files_metrics(site)

    assert [(("index_failing",), 1)] == [
        one for one in found.items() if one[0][0].startswith("index")
    ]


def test_without_an_index(tmp_path: Path) -> None:
    """Nothing is told of what an earlier index has left in the state folder."""
    site = make_site(tmp_path)
    site.state.index.mkdir()
    write_standing(site.state.indexed, STANDING)

    assert files_metrics(site) == {}


def test_reasons_are_bounded(site: Site) -> None:
    """Whoever writes the file does not decide how many series there are."""
    many = ",".join(f'"r{number:03}":1' for number in range(500))
    text = '{"format":1,"ended":"2026-11-23T11:00:00Z","left_out":{%s}}'
    site.state.indexed.write_text(text % many)

    assert sum(key[0] == "index_left_out" for key in files_metrics(site)) == 20
