"""The map of a preview in a browser."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from mirrorsel.geo import load_countries, load_towns
from mirrorsel.model import Mirror
from mirrorsel.pages import parse
from mirrorsel.preview import View, World, crowds, plan, preview
from mirrorsel.preview.picture import picture
from mirrorsel.selection.policy import Policy
from mirrorsel.status import dots
from tests.browser.looking import OpenPage, messages, violations
from tests.preview.edits import BASIS
from tests.selection.worlds import UP, mirror

pytestmark = pytest.mark.browser

_BOXES = """[...document.querySelectorAll('text')].map(one => one.getBBox())
    .map(box => [box.x, box.y, box.x + box.width, box.y + box.height])"""
_HIDDEN = """[...document.querySelectorAll('text, .mark')].filter(one => {
    const box = one.getBoundingClientRect();
    return box.left < 0 || box.top < 0 || box.right > innerWidth
        || box.bottom > innerHeight || !box.width })
    .map(one => one.textContent)"""
_PAPER = "getComputedStyle(document.documentElement).backgroundColor"


@pytest.fixture(scope="module", name="picture_file")
def fixture_picture_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the map of an edit in which all signs are needed."""
    countries = load_countries()
    world = World(countries=countries, policy=Policy(), origin="https://o.example/")
    many = [mirror(f"{code}{n}", code) for code in ("us", "de", "jp") for n in range(9)]
    old = [*many, mirror("nz", "nz"), mirror("za", "za")]
    heavy = Mirror(url=many[0].url, country="us", weight=900)
    new = [heavy, *many[1:20], mirror("za", "za"), mirror("br", "br")]
    old_plan, new_plan = (
        plan(each, dict.fromkeys((one.url for one in each), UP), world)
        for each in (old, new)
    )
    weights = {"us": 40.0, "de": 10, "nz": 1, "jp": 9, "br": 5}
    everybody = crowds(countries, weights)
    found = preview(old_plan, new_plan, everybody, View(), BASIS)
    template = parse(files("mirrorsel.preview").joinpath("map.svg").read_bytes())
    path = tmp_path_factory.mktemp("map") / "map.svg"
    path.write_bytes(template.render(picture(found, dots(load_towns()))))
    return path


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_of_it_is_seen(
    open_page: OpenPage, picture_file: Path, *, dark: bool
) -> None:
    """No word lies on another, nothing lies outside, and there is no complaint."""
    page = open_page(picture_file.as_uri(), dark=dark)
    boxes: list[list[float]] = page.evaluate(_BOXES)

    assert messages(page) == []
    assert page.evaluate(_HIDDEN) == []
    assert len(boxes) >= 9
    assert not [
        (one, other)
        for number, one in enumerate(boxes)
        for other in boxes[:number]
        if _overlap(one, other)
    ]


def test_a_page_that_shows_it(
    open_page: OpenPage, picture_file: Path, tmp_path: Path
) -> None:
    """In a page it has its name, and axe finds nothing wrong with it."""
    page_file = tmp_path / "page.html"
    page_file.write_text(
        '<!DOCTYPE html><html lang="en"><title>x</title><main><h1>x</h1>'
        f"{picture_file.read_text()}</main>"
    )
    page = open_page(page_file.as_uri())

    assert violations(page) == []
    assert page.get_by_role("img").first.is_visible()


def test_light_and_dark(open_page: OpenPage, picture_file: Path) -> None:
    """It has the colours that the visitor prefers."""
    papers: set[Any] = {
        open_page(picture_file.as_uri(), dark=dark).evaluate(_PAPER)
        for dark in (False, True)
    }

    assert {"rgb(255, 255, 255)", "rgb(18, 22, 27)"} == papers


def _overlap(one: list[float], other: list[float]) -> bool:
    # Lines of text may touch: their boxes are higher than the letters.
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0 and down > 1
