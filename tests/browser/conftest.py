"""A real browser, for tests of pages as people see them."""

import contextlib
import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.looking import NARROW, WIDE, OpenPage

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Whatever a page or the browser itself would like to fetch from elsewhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
_MILLISECONDS = 30_000
"""How long a busy machine may take for one step."""


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a headless Chromium that reaches this machine only."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.fail("no Chromium: ./dev setup, or as root: apt-get install chromium")
    home = tmp_path_factory.mktemp("browser")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=program,
            args=list(_ARGUMENTS),
            # Chromium's sandbox does not run as root, as which many machines of CI
            # run the tests; all that it is shown here are our own pages.
            chromium_sandbox=False,
            # A home of its own: no settings or certificates of whoever runs the tests.
            env={"PATH": os.defpath, "HOME": str(home)},
            timeout=_MILLISECONDS,
        )
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Return what opens pages, each in a fresh profile, closed with the test.

    `width` is the screen's in CSS pixels, where a narrow one is a telephone's;
    `dark` is what the visitor prefers, and `scripts` whether they may run.
    """
    with contextlib.ExitStack() as stack:

        def opened(
            url: str, *, width: int = WIDE, dark: bool = False, scripts: bool = True
        ) -> Page:
            context = stack.enter_context(
                browser.new_context(
                    viewport={"width": width, "height": 800},
                    is_mobile=width <= NARROW,
                    color_scheme="dark" if dark else "light",
                    java_script_enabled=scripts,
                    locale="en-GB",
                )
            )
            context.set_default_timeout(_MILLISECONDS)
            page = context.new_page()
            page.goto(url)
            return page

        yield opened
