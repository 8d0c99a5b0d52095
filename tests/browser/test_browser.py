"""The browser of the tests sees what is wrong with a page."""

from collections.abc import Iterator

import pytest

from tests.browser.looking import (
    NARROW,
    OpenPage,
    faults,
    hosts,
    messages,
    overflow,
    violations,
)
from tests.loopback import Connection, Loopback

pytestmark = pytest.mark.browser

VIEWPORT = '<meta name="viewport" content="width=device-width">'
PAGES = {
    "good": f'<html lang="en"><title>x</title>{VIEWPORT}<main><h1>x</h1></main>',
    "pale": '<p style="color: #ddd; background: #fff">Who can read this?',
    "wide": f'{VIEWPORT}<p style="width: 400px">x',
    "desktop": "<p>x",
    "policy": '<p style="color: red">x',
    "outside": '<img src="http://elsewhere.example/x.png" alt="">',
    "script": "<p>off<script>document.body.textContent = 'on'; throw 1</script>",
    "scheme": (
        "<style>p { color: rgb(1, 1, 1) } @media (prefers-color-scheme: dark)"
        " { p { color: rgb(2, 2, 2) } }</style><p>x"
    ),
}


def page_of(connection: Connection) -> None:
    """Answer with one of the pages; without scripts and styles for ``policy``."""
    # Browsers connect in advance, too.
    if not connection.request:
        return
    name = connection.path.strip("/")
    body = ("<!DOCTYPE html>" + PAGES.get(name, "")).encode()
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
    if name == "policy":
        head += "Content-Security-Policy: default-src 'none'\r\n"
    connection.send(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)


@pytest.fixture(scope="module", name="site")
def fixture_site() -> Iterator[str]:
    """Return the URL of a server with the pages."""
    with Loopback(page_of) as running:
        yield running.url


def test_a_page_without_fault(open_page: OpenPage, site: str) -> None:
    """There is nothing to say of it."""
    page = open_page(f"{site}good", width=NARROW)

    assert faults(page) == []


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        pytest.param("pale", "color-contrast", id="contrast"),
        pytest.param("wide", "document-title", id="title"),
    ],
)
def test_what_not_everybody_can_read(
    open_page: OpenPage, site: str, name: str, rule: str
) -> None:
    """Rules of accessibility that are broken are named."""
    found = violations(open_page(site + name))

    assert rule in {one.partition(":")[0] for one in found}


@pytest.mark.parametrize("name", ["wide", "desktop"])
def test_what_is_too_wide(open_page: OpenPage, site: str, name: str) -> None:
    """A telephone would scroll sideways, or show the page small."""
    assert overflow(open_page(site + name, width=NARROW)) > 0


@pytest.mark.parametrize(
    ("name", "part"),
    [
        pytest.param("policy", "Content Security Policy", id="policy"),
        pytest.param("outside", "ERR_NAME_NOT_RESOLVED", id="another host"),
        pytest.param("script", "1", id="script"),
    ],
)
def test_what_the_browser_complains_of(
    open_page: OpenPage, site: str, name: str, part: str
) -> None:
    """What is forbidden, cannot be had or fails is among the messages."""
    assert part in "".join(messages(open_page(site + name)))


def test_whom_a_page_asks(open_page: OpenPage, site: str) -> None:
    """Other hosts are seen, though nothing reaches them."""
    own, page = site.split("/")[2], open_page(f"{site}outside")

    assert {own, "elsewhere.example"} == hosts(page)
    assert "elsewhere.example" in faults(page)


def test_without_scripts(open_page: OpenPage, site: str) -> None:
    """Scripts run, or they do not."""
    texts = [
        open_page(f"{site}script", scripts=scripts).inner_text("body")
        for scripts in (True, False)
    ]

    assert texts == ["on", "off"]


def test_light_and_dark(open_page: OpenPage, site: str) -> None:
    """A page can see which of them the visitor prefers."""
    colours = [
        open_page(f"{site}scheme", dark=dark).evaluate(
            "getComputedStyle(document.querySelector('p')).color"
        )
        for dark in (False, True)
    ]

    assert colours == ["rgb(1, 1, 1)", "rgb(2, 2, 2)"]
