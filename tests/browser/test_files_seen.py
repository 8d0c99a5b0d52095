"""Folders, the page of a file and what is not published, in a browser."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from mirrorsel.indexing.store import Facts
from mirrorsel.state import StateFolder
from tests.browser.looking import NARROW, WIDE, OpenPage, faults
from tests.browser.test_status_pages_seen import HEALTH, LIST, PHONE, url, write_state
from tests.httpd.served import Order, Served, serving
from tests.metalink.described import ARMOUR
from tests.tree.published import Known, publish
from tests.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.httpd]

SETTINGS = """\
[checker]
enabled = false
[tree]
index = "origin"
"""
NEW = "https://new.example/"
FILE = "httpd/httpd-2.4.66.tar.gz"
HOSTILE = "httpd/<img src=x onerror=\"document.title='attacked'\">&.zip"
LONG = f"httpd/{'a-very-long-name-of-an-image-' * 6}.iso"
UNBROKEN = f"httpd/{'x' * 200}"
DISPUTED = "httpd/bad.zip"
PUBLISHED: dict[str, bytes | Known] = {
    FILE: b"content" * 1000,
    f"{FILE}.asc": ARMOUR.encode(),
    "httpd/KEYS": b"keys",
    HOSTILE: b"hostile",
    LONG: b"long",
    UNBROKEN: b"unbroken",
    DISPUTED: Known(
        facts=Facts(size=9, modified=0, disputed="bad.zip.sha512 says otherwise")
    ),
    "httpd/2/old.zip": b"old",
    "README": b"read me",
}
PAGES = {
    "root": "/get/",
    "folder": "/get/httpd/",
    "file": f"/get/{FILE}?mirrorlist",
    "key": "/get/httpd/KEYS?mirrorlist",
    "disputed": f"/get/{DISPUTED}?mirrorlist",
    "unbroken": f"/get/{UNBROKEN}?mirrorlist",
    "gone": f"/get/{UNBROKEN}.zip",
}
_LOOK = """(() => {
    const body = getComputedStyle(document.body);
    const head = getComputedStyle(document.querySelector("h1"));
    const link = getComputedStyle(document.querySelector("a"));
    return [body.fontFamily, body.color, body.backgroundColor, body.borderTopColor,
        body.borderTopWidth, head.fontSize, head.fontWeight, link.color];
})()"""
_HIDDEN = """[...document.querySelectorAll("tbody a, tbody td")].filter(one => {
    const box = one.getBoundingClientRect();
    return one.textContent && (box.left < 0 || box.right > innerWidth);
}).map(one => one.textContent)"""


@pytest.fixture(scope="module", name="site")
def fixture_site() -> Iterator[Served]:
    """Return an httpd with files, and mirrors in all states, one of which lacks one."""
    with serving(Order(mirrors=LIST, settings=SETTINGS, checker=False)) as running:
        write_state(StateFolder(running.home.state))
        held = {one: set(PUBLISHED) for one in HEALTH} | {NEW: {"README"}}
        publish(running.home.state, PUBLISHED, held)
        assert eventually(lambda: "digest" in running.ask(f"/get/{FILE}").headers)
        yield running


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_read_the_page(
    open_page: OpenPage, site: Served, name: str, width: int, *, dark: bool
) -> None:
    """It breaks no rule of accessibility, fits the screen and fails at nothing."""
    page = open_page(url(site, PAGES[name]), width=width, dark=dark)

    # That a page is not found is what Chromium always tells, and all that it may.
    assert [] == [one for one in faults(page) if "404 (Not Found)" not in one]


@pytest.mark.parametrize("dark", [False, True])
def test_all_pages_look_alike(open_page: OpenPage, site: Served, *, dark: bool) -> None:
    """Letters, colours and edge are those of the status pages."""
    names = ("folder", "file", "gone")
    paths = ["/mirrors/", *(PAGES[one] for one in names)]
    looks = {
        tuple(open_page(url(site, one), dark=dark).evaluate(_LOOK)) for one in paths
    }

    assert 1 == len(looks)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/get/httpd/", id="folder"),
        pytest.param(f"/get/{quote(HOSTILE)}?mirrorlist", id="file"),
        pytest.param(f"/get/{quote(HOSTILE)}.gone", id="gone"),
    ],
)
def test_a_name_is_text(open_page: OpenPage, site: Served, path: str) -> None:
    """Nothing of it is obeyed, though it is shown."""
    page = open_page(url(site, path))

    assert "attacked" != page.title()
    assert 0 == page.locator("img").count()
    assert HOSTILE.rpartition("/")[2] in page.inner_text("body")


@pytest.mark.parametrize("name", ["folder", "file", "key"])
def test_nothing_is_out_of_sight_on_a_telephone(
    open_page: OpenPage, site: Served, name: str
) -> None:
    """Nobody has to push a table aside to see what a row says."""
    page = open_page(url(site, PAGES[name]), width=PHONE)

    assert [] == page.evaluate(_HIDDEN)


def test_from_a_folder_to_a_mirror_without_scripts(
    open_page: OpenPage, site: Served
) -> None:
    """Links lead down, to who has a file, and back."""
    page = open_page(url(site, "/get/"), scripts=False)
    page.get_by_role("link", name="httpd/").click()
    page.get_by_role(
        "link", name=f"Who has it: {FILE.rpartition('/')[2]}"
    ).first.click()
    mirrors = page.get_by_role("region", name="Table of mirrors that have it")
    others = page.get_by_role("region", name="Table of other mirrors")

    assert "Mirrors of httpd-2.4.66.tar.gz" == page.title()
    assert "https://old.example" not in mirrors.inner_text()
    assert re.search(
        r"new\.example\s+Germany\s+does not have it yet", others.inner_text()
    )
    page.get_by_text("On macOS or Windows").click()
    assert page.get_by_text("certutil -hashfile").is_visible()
    page.get_by_role("link", name="The folder of this file").click()
    assert "/httpd/" == page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="The folder above").click()
    assert "/" == page.get_by_role("heading", level=1).inner_text()


def test_a_folder_in_order(open_page: OpenPage, site: Served) -> None:
    """Folders come first, then files, by the characters of their names."""
    page = open_page(url(site, "/get/httpd/"))
    names = page.locator("tbody th").all_inner_texts()
    files = sorted(
        one.removeprefix("httpd/") for one in PUBLISHED if one.count("/") == 1
    )

    assert ["2/", *files] == names


@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param(f"/get/{FILE}?mirrorlist", "1 without the file", id="a file"),
        pytest.param("/mirrors/", "1 stale", id="the status page"),
    ],
)
def test_the_map_in_words(
    open_page: OpenPage, site: Served, path: str, words: str
) -> None:
    """Who does not see it hears what it shows, as the legend has it."""
    page = open_page(url(site, path))
    name = page.get_by_role("img", name="Map of the world").get_attribute("aria-label")
    legend = page.locator("figcaption li").all_inner_texts()

    assert name
    assert words in name
    told = name.removeprefix("Map of the world with the mirrors: ").rstrip(".")
    assert [re.sub(r"\s+", " ", one) for one in legend] == told.split(", ")


def test_no_map_of_nobody(open_page: OpenPage, site: Served) -> None:
    """What comes from the origin alone has no empty map."""
    page = open_page(url(site, PAGES["key"]))

    assert 0 == page.locator("figure").count()
    assert page.get_by_role("link", name="Download from the origin").is_visible()


def test_what_is_not_published(open_page: OpenPage, site: Served) -> None:
    """It leads to the archive, and to what is published."""
    page = open_page(url(site, "/get/gone.zip"))

    assert "https://archive.apache.org/dist/gone.zip" == page.get_by_role(
        "link", name="archive"
    ).get_attribute("href")
    page.get_by_role("link", name="All published files").click()
    assert "README" in page.inner_text("main")
