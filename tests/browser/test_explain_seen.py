"""The page of an explanation in a browser, from a real httpd."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.browser.looking import NARROW, WIDE, OpenPage, faults
from tests.httpd.served import Order, Served, serving

pytestmark = [pytest.mark.browser, pytest.mark.httpd]

LONG = "mirror-with-a-rather-long-name.computing-centre.university-of-somewhere.example"
NOTE = "<img src=x onerror=document.title='attacked'>"
LIST = f"""\
http de https://near.example/ - lat=52.5 lon=13.4 max_share=1%
http au https://{LONG}/pub/mirrors/apache/
http fr https://off.example/ - disabled="{NOTE}"
"""
SETTINGS = """\
[checker]
enabled = false
[[selection.override]]
avoid = ["de"]
"""
PATH = "httpd/<b>&\"'.tgz"


@pytest.fixture(scope="module", name="site")
def fixture_site() -> Iterator[Served]:
    """Return an httpd with something to explain."""
    with serving(Order(mirrors=LIST, settings=SETTINGS, checker=False)) as running:
        yield running


def url(site: Served, **parameters: str) -> str:
    """Return the URL of an explanation."""
    query = urlencode(parameters)
    return f"http://127.0.0.1:{site.httpd.options.port}/mirrors/explain?{query}"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_everybody_can_read_the_page(
    open_page: OpenPage, site: Served, width: int, *, dark: bool
) -> None:
    """It breaks no rule of accessibility, fits the screen and fails at nothing."""
    page = open_page(url(site, client="192.0.2.1", path=PATH), width=width, dark=dark)

    assert [] == faults(page)
    assert 0 == page.locator("img, b").count()
    assert PATH == page.get_by_label("File", exact=True).input_value()
    assert NOTE in page.inner_text("main")


def test_another_client_is_asked_for(open_page: OpenPage, site: Served) -> None:
    """The form leads to the explanation of whom it names, without scripts."""
    page = open_page(url(site, client="192.0.2.1", path=PATH), scripts=False)
    page.get_by_label("Client", exact=True).fill("2001:db8::1")
    page.get_by_label("Comes by").select_option("https")
    page.get_by_role("button", name="Explain").click()

    assert PATH == page.get_by_label("File", exact=True).input_value()
    assert "2001:db8::1, network 2001:db8::/48, by https over IPv6" in page.inner_text(
        "main"
    )


def test_it_leads_to_the_same_for_programs(open_page: OpenPage, site: Served) -> None:
    """Its link keeps the client and the file."""
    page = open_page(url(site, client="192.0.2.1", path=PATH))
    page.get_by_role("link", name="JSON", exact=True).click()
    told = page.inner_text("body")

    assert '"address": "192.0.2.1"' in told
    assert '"target": "httpd/' in told
