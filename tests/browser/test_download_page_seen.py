"""The pages that visitors are shown, in a browser, from a real httpd."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.browser.looking import NARROW, WIDE, OpenPage, faults, hosts, messages
from tests.geodb import write_city_database
from tests.httpd.served import Order, Served, open_folder, serving, virtual_host

pytestmark = [pytest.mark.browser, pytest.mark.httpd]

FILE = "tomcat/tomcat-11/v11.0.2/bin/apache-tomcat-11.0.2.tar.gz"
LONG = "mirror-with-a-rather-long-name.computing-centre.university-of-somewhere.example"
LIST = f"""\
http de https://de.example/apache/
http fr https://fr.example/
http nl https://{LONG}/pub/mirrors/apache/
http us https://us.example/apache/
ftp de ftp://ftp.example/apache/
http Backup https://backup.example/
"""
SETTINGS = """
[list]
origin = "https://origin.example/"
[pages]
missing = false
[tree]
folder = "{tree}"
[geoip]
database = "places.mmdb"
[checker]
enabled = false
"""
PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Tomcat</title>
</head>
<body>
<main>
<h1>Tomcat</h1>
<p><a href="[preferred][path_info]" id="chosen">[preferred]</a></p>
<form action="[location]" method="get" id="SelectMirror">
<label>Mirror <select name="Preferred">
[for http]<option value="[http]">[http]</option>
[end][for backup]<option value="[backup]">[backup] (backup)</option>
[end]</select></label>
<button type="submit">Change</button>
</form>
</main>
</body>
</html>
"""
CLOSER = "/dyn/closer.lua"
PAGES = {
    "start": CLOSER,
    "file": f"{CLOSER}?path={FILE}",
    "archive": f"{CLOSER}/httpd/old-1.0/httpd-1.0.tar.gz",
    "long": f"{CLOSER}?path={'unbroken' * 40}/",
    "own": "/download.cgi",
}
ATTACK = "\"'><img src=x onerror=\"document.title='attacked'\">"


@pytest.fixture(scope="module", name="site")
def fixture_site() -> Iterator[Served]:
    """Return an httpd to which the browser is a visitor from Germany."""
    with open_folder() as folder:
        root, tree = folder / "root", folder / "tree"
        publish(root / "download.html", PAGE)
        publish(tree / FILE, "a release")
        places = write_city_database(
            folder / "places.mmdb",
            {"127.0.0.1/32": {"country": "de", "latitude": 52.5, "longitude": 13.4}},
        )
        order = Order(
            settings=SETTINGS.format(tree=tree),
            mirrors=LIST,
            files={"places.mmdb": places.read_bytes()},
            extra=virtual_host(root),
        )
        with serving(order) as running:
            yield running


def publish(file: Path, text: str) -> None:
    """Write a file that every account can read."""
    file.parent.mkdir(parents=True)
    file.write_text(text)


def url(site: Served, path: str) -> str:
    """Return the URL of a path."""
    return f"http://127.0.0.1:{site.httpd.options.port}{path}"


def unfold(page: Page) -> None:
    """Show what a visitor may open."""
    for summary in page.locator("summary").all():
        summary.click()


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_read_the_page(
    open_page: OpenPage, site: Served, name: str
) -> None:
    """It breaks no rule of accessibility, on any screen, by day and by night."""
    page = open_page(url(site, PAGES[name]), width=NARROW)
    unfold(page)

    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": WIDE, "height": 800})
    assert faults(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_the_page_keeps_to_itself(open_page: OpenPage, site: Served, name: str) -> None:
    """It breaks no policy, fails at nothing, and asks no other host."""
    page = open_page(url(site, PAGES[name]))

    assert messages(page) == []
    assert {f"127.0.0.1:{site.httpd.options.port}"} == hosts(page)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("path", [PAGES["file"], PAGES["own"]])
def test_another_mirror_by_keyboard(
    open_page: OpenPage, site: Served, path: str, *, scripts: bool
) -> None:
    """REQ-45: the form is reached by Tab, and Enter shows the page with that base."""
    page = open_page(url(site, path), scripts=scripts)
    tab_to(page, "SELECT")
    page.keyboard.press("End")
    tab_to(page, "BUTTON")
    page.keyboard.press("Enter")
    page.wait_for_url("**Preferred=https%3A%2F%2Fbackup.example%2F**")
    link = page.locator(".go, #chosen").get_attribute("href") or ""

    assert link == f"https://backup.example/{FILE if CLOSER in path else ''}"
    assert messages(page) == []


def tab_to(page: Page, tag: str) -> None:
    """Press Tab until an element of this name has the focus, as one can see."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == tag:
            break
    style = "getComputedStyle(document.activeElement)"
    assert page.evaluate(f"[document.activeElement.tagName, {style}.outlineStyle]") in (
        [tag, "solid"],
        [tag, "auto"],
    )


def test_the_same_without_scripts(open_page: OpenPage, site: Served) -> None:
    """All that the page says is there without scripts."""
    texts = [
        open_page(url(site, PAGES["file"]), scripts=scripts).inner_text("body")
        for scripts in (True, False)
    ]

    assert texts[0] == texts[1]
    assert "Germany, about" in texts[0]


@pytest.mark.parametrize("name", ["", "tomcat/ü &+%23.tgz"])
def test_the_same_for_programs(open_page: OpenPage, site: Served, name: str) -> None:
    """The page leads to the JSON of the same file."""
    page = open_page(url(site, f"{CLOSER}?path={quote(name)}"))
    page.get_by_role("link", name="JSON").click()
    page.wait_for_url("**as_json**")

    assert json.loads(page.inner_text("body"))["path_info"] == name


def test_on_paper(open_page: OpenPage, site: Served) -> None:
    """A printed page is dark on white, has addresses, and nothing to press."""
    page = open_page(url(site, PAGES["file"]), dark=True)
    page.emulate_media(media="print")
    body = "getComputedStyle(document.body)"
    colours = page.evaluate(f"[{body}.color, {body}.backgroundColor]")
    address = page.evaluate(
        "getComputedStyle(document.querySelector('li a'), '::after').content"
    )

    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert "attr(href)" in address or FILE in address
    assert not page.locator("form, .go").filter(visible=True).count()


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(f"{CLOSER}?path=tomcat/{quote(ATTACK)}", id="file"),
        pytest.param(f"{CLOSER}/tomcat/{quote(ATTACK)}", id="path info"),
        pytest.param(f"/download.cgi/{quote(ATTACK)}", id="own page"),
        pytest.param(f"/download.cgi?Preferred={quote(ATTACK)}", id="mirror"),
    ],
)
def test_a_link_that_attacks(open_page: OpenPage, site: Served, path: str) -> None:
    """REQ-52: what a link says is text to the browser; there is nothing to forbid."""
    page = open_page(url(site, path))

    assert page.locator("img").count() == 0
    assert "attacked" != page.title()
    assert messages(page) == []


def test_no_such_page(open_page: OpenPage, site: Served) -> None:
    """REQ-42, REQ-47: by the setting `missing` it is one line of plain text."""
    page = open_page(url(site, "/absent.cgi"))

    assert len(page.inner_text("body").splitlines()) == 1
    assert page.evaluate("document.contentType") == "text/plain"
