"""The status pages in a browser, from a real httpd."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page

from mirrorsel.health import History, Track
from mirrorsel.model import (
    Certificate,
    Health,
    LastScan,
    Outcome,
    ProbeResult,
    Reach,
    Snapshot,
    State,
    WholeScan,
)
from mirrorsel.state import StateFolder, append_probe, write_history, write_snapshot
from mirrorsel.state.scans import write_scans
from tests.browser.looking import NARROW, WIDE, OpenPage, faults
from tests.httpd.served import Order, Served, serving

pytestmark = [pytest.mark.browser, pytest.mark.httpd]

LONG = "mirror-with-a-rather-long-name.computing-centre.university-of-somewhere.example"
LIST = f"""\
http de https://new.example/ - lat=52.5 lon=13.4
http au https://old.example/apache/
http us https://gone.example/
http jp https://{LONG}/pub/mirrors/apache/
http fr https://off.example/ - disabled="disk full"
ftp de ftp://ftp.example/apache/
"""
SETTINGS = """
[checker]
enabled = false
[tree]
index = "origin"
"""
NOW = datetime.now(UTC)
ATTACK = "<img src=x onerror=\"document.title='attacked'\">'\"</script>"
UP = Health(
    state=State.UP,
    since=NOW - timedelta(days=20),
    checked=NOW,
    stamp=NOW,
    outcome=Outcome.OK,
    pace=0.25,
    ipv4=Reach(up=True),
    certificate=Certificate(expiry=NOW + timedelta(days=40), issuer=ATTACK),
)
HEALTH: Mapping[str, Health] = {
    "https://new.example/": UP,
    "https://old.example/apache/": replace(
        UP, stale=True, stamp=NOW - timedelta(days=3), pace=1.5
    ),
    "https://gone.example/": replace(
        UP, state=State.DOWN, outcome=Outcome.STATUS, detail=ATTACK, pace=None
    ),
    f"https://{LONG}/pub/mirrors/apache/": replace(
        UP, ipv6=Reach(up=False, outcome=Outcome.TIMEOUT), pace=9.0
    ),
}
WHOLE = WholeScan(
    at=(NOW - timedelta(hours=7)).timestamp(),
    seconds=600.0,
    protocol="https",
    folders=12_345,
    unlisted=0,
    listed=220_000,
    held=214_700,
    missing=104,
    wrong=2,
)
SCANS = {
    "https://new.example/": LastScan(
        ended=NOW.timestamp(), whole=replace(WHOLE, held=214_806, missing=0, wrong=0)
    ),
    "https://old.example/apache/": LastScan(ended=NOW.timestamp(), whole=WHOLE),
    "https://gone.example/": LastScan(
        ended=NOW.timestamp(),
        failures=2,
        outcome=Outcome.STATUS,
        detail=f"503 {ATTACK}",
        whole=replace(WHOLE, held=200_000, missing=14_804),
    ),
}
PAGES = {
    "all": "/mirrors/",
    "up": "/mirrors/at/new.example/",
    "down": "/mirrors/at/gone.example/",
    "off": "/mirrors/at/off.example/",
    "long": f"/mirrors/at/{LONG}-pub-mirrors-apache/",
}
PHONE = 360


@pytest.fixture(scope="module", name="site")
def fixture_site() -> Iterator[Served]:
    """Return an httpd with mirrors in all states."""
    order = Order(mirrors=LIST, settings=SETTINGS, checker=False)
    with serving(order) as running:
        write_state(StateFolder(running.home.state))
        yield running


def write_state(state: StateFolder) -> None:
    """Write what a checker would have."""
    track = Track(hours="u" * 200 + "s" * 60 + "d" * 70)
    tracks = dict.fromkeys(HEALTH, track)
    write_history(state.history, History(hour=NOW, tracks=tracks))
    state.index.mkdir(exist_ok=True)
    write_scans(state.scans, SCANS)
    state.probes.mkdir(exist_ok=True)
    for url, health in HEALTH.items():
        result = ProbeResult(
            url=url, at=NOW, outcome=health.outcome or Outcome.OK, detail=health.detail
        )
        append_probe(state.probes, result)
    snapshot = Snapshot(
        taken=NOW, vantage="here", origin=Health(stamp=NOW), health=HEALTH
    )
    write_snapshot(state.snapshot, snapshot)


def url(site: Served, path: str) -> str:
    """Return the URL of a path."""
    return f"http://127.0.0.1:{site.httpd.options.port}{path}"


def shown(page: Page) -> list[str]:
    """Return the hosts of the rows that can be seen, from the top."""
    names = page.locator("#Mirrors tbody tr").filter(visible=True).locator("th a")
    return [re.split(r"[.-]", one)[0] for one in names.all_inner_texts()]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [NARROW, PHONE, WIDE])
@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_read_the_page(
    open_page: OpenPage, site: Served, name: str, width: int, *, dark: bool
) -> None:
    """It breaks no rule of accessibility, fits the screen and fails at nothing."""
    page = open_page(url(site, PAGES[name]), width=width, dark=dark)

    assert [] == faults(page)


@pytest.mark.parametrize("name", PAGES)
def test_what_a_mirror_sent_is_text(
    open_page: OpenPage, site: Served, name: str
) -> None:
    """Nothing of it is obeyed, though it is shown."""
    page = open_page(url(site, PAGES[name]))

    assert "attacked" != page.title()
    assert 0 == page.locator("img[src=x]").count()
    assert (ATTACK in page.inner_text("body")) == (name != "off")


@pytest.mark.parametrize(
    ("column", "order"),
    [
        pytest.param(
            "Mirror", ["ftp", "gone", "mirror", "new", "off", "old"], id="text"
        ),
        pytest.param("Behind", ["old"], id="number, the largest first"),
        pytest.param("Answers in", ["new", "old", "mirror"], id="the smallest first"),
        pytest.param("Files", ["gone", "old", "new"], id="the least complete first"),
        pytest.param("State", ["off", "gone"], id="state, the worst first"),
    ],
)
def test_sorting(
    open_page: OpenPage, site: Served, column: str, order: list[str]
) -> None:
    """A press on a heading sorts by it, once more the other way; gaps come last."""
    page = open_page(url(site, "/mirrors/"))
    button = page.get_by_role("button", name=column)
    button.press("Enter")
    head = page.locator("th[aria-sort]")

    assert order == shown(page)[: len(order)]
    assert [column] == head.all_inner_texts()
    first = head.get_attribute("aria-sort")
    button.click()
    assert {"ascending", "descending"} == {first, head.get_attribute("aria-sort")}
    assert order != shown(page)[: len(order)]


def test_sorting_on_a_telephone(open_page: OpenPage, site: Served) -> None:
    """Where there are no headings, a list of them stands in."""
    page = open_page(url(site, "/mirrors/"), width=PHONE)
    page.get_by_label("Sort by").select_option("Answers in")

    assert ["new", "old", "mirror"] == shown(page)[:3]


@pytest.mark.parametrize(
    ("text", "state", "rows"),
    [
        pytest.param("germ", "", ["ftp", "new"], id="country"),
        pytest.param("GERM new", "", ["new"], id="several words"),
        pytest.param("404nothing", "", [], id="nothing"),
        pytest.param("bad status", "", ["gone"], id="remark"),
        pytest.param("", "stale", ["old"], id="state"),
        pytest.param(
            "", "with a remark", ["old", "off", "ftp", "mirror", "gone"], id="remarks"
        ),
    ],
)
def test_filtering(
    open_page: OpenPage, site: Served, text: str, state: str, rows: list[str]
) -> None:
    """Rows that do not fit go, on the map too, and it is told how many are left."""
    page = open_page(url(site, "/mirrors/"))
    page.get_by_label("Find").fill(text)
    page.get_by_label("Show").first.select_option(state or "all")

    assert rows == shown(page)
    assert f"{len(rows)} of 6" == page.locator("output").inner_text()
    assert len(rows) == page.locator(".map use[data-at]").filter(visible=True).count()


def test_without_scripts(open_page: OpenPage, site: Served) -> None:
    """All is there, by country, and nothing that would not work."""
    page = open_page(url(site, "/mirrors/"), scripts=False)

    assert ["old", "off", "ftp", "new", "mirror", "gone"] == shown(page)
    assert not page.locator("form, button").filter(visible=True).count()
    page.get_by_role("link", name="gone.example").click()
    assert "Down for 20 d:" in page.inner_text("main")


def test_a_mirror_on_the_map(open_page: OpenPage, site: Served) -> None:
    """It tells its name, and leads to its page."""
    page = open_page(url(site, "/mirrors/"))
    point = page.locator(".map use[href='#Down']")

    assert "gone.example: down" == point.locator("title").text_content()
    point.click()
    page.wait_for_url("**/at/gone.example/")


def test_the_badge_s_address_is_whole(open_page: OpenPage, site: Served) -> None:
    """What is to be copied leads back here."""
    page = open_page(url(site, PAGES["up"]))
    address = url(site, "/mirrors/at/new.example/")

    picture = f'<img src="{address}badge.svg" alt="mirror state" height="20">'
    assert [
        f"[![mirror]({address}badge.svg)]({address})",
        f'<a href="{address}">{picture}</a>',
    ] == page.locator("pre").all_inner_texts()
    assert page.evaluate("document.querySelector('img').naturalWidth") > 0


def test_on_paper(open_page: OpenPage, site: Served) -> None:
    """A printed page is dark on white, and has nothing to press."""
    page = open_page(url(site, "/mirrors/"), dark=True)
    page.emulate_media(media="print", color_scheme="dark")
    colours = [
        page.evaluate(f"getComputedStyle(document.body).{one}")
        for one in ("color", "backgroundColor")
    ]

    assert ["rgb(0, 0, 0)", "rgb(255, 255, 255)"] == colours
    assert not page.locator("form").filter(visible=True).count()
