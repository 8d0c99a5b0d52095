"""What a page looks like from within a browser."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OpenPage = Callable[..., Page]
"""Opens a page; takes the URL, and `width`, `dark` and `scripts` by name."""

NARROW = 320
"""The width in CSS pixels at which no page may scroll sideways.

It is less than any telephone has (WCAG 2.2, 1.4.10).
"""
WIDE = 1280


def messages(page: Page) -> list[str]:
    """Return what the browser complains of: faults, policy violations, failed loads."""
    said = (
        f"{one.type}: {one.text}"
        for one in page.console_messages(filter="all")
        # Browsers ask for it by themselves, once for each host.
        if not one.location["url"].endswith("/favicon.ico")
    )
    return [*said, *(f"{one}" for one in page.page_errors(filter="all"))]


def hosts(page: Page) -> set[str]:
    """Return the hosts, with their ports, of which the page has asked anything."""
    return {urlsplit(request.url).netloc for request in page.requests()}


def violations(page: Page) -> list[str]:
    """Return each rule of axe that is broken, and where; needs scripts.

    The rules are those of WCAG 2 up to level AA and of good practice.
    """
    found: dict[str, Any] = Axe().run(page).response
    return [
        f"{rule['id']}: {rule['help']}: {node['html']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def faults(page: Page) -> list[str]:
    """Return all that keeps anybody from reading a page; needs scripts.

    It must break no rule of accessibility, fit the screen, fail at nothing, and ask
    no other host for anything.
    """
    others = hosts(page) - {urlsplit(page.url).netloc}
    wide = [f"{overflow(page)} pixels wider than the screen"] if overflow(page) else []
    return [*wide, *violations(page), *messages(page), *sorted(others)]


def overflow(page: Page) -> int:
    """Return how many pixels the page is wider than the screen; 0 if it fits."""
    assert page.viewport_size
    wide: int = page.evaluate("document.documentElement.scrollWidth")
    return max(0, wide - page.viewport_size["width"])
