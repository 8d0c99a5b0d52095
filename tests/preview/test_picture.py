"""Tests for mirrorsel.preview.picture: the map of the world."""

from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from xml.etree import ElementTree as ET

import pytest

from mirrorsel.model import Coordinates, Mirror
from mirrorsel.pages import parse
from mirrorsel.preview import Effect
from mirrorsel.preview.marks import WORDS, Sign, marks
from mirrorsel.preview.picture import picture
from tests.preview.edits import effect
from tests.selection.worlds import mirror

_SVG = "{http://www.w3.org/2000/svg}"
_TEMPLATE = parse(files("mirrorsel.preview").joinpath("map.svg").read_bytes())

DE, FR, US, JP = (mirror(code, code) for code in ("de", "fr", "us", "jp"))
EDIT = (
    [DE, FR, US, replace(JP, weight=5)],
    [FR, US, JP, mirror("new", "fj"), mirror("uk", "uk")],
)


def drawn(found: Effect) -> ET.Element:
    """Return the picture of an edit, read by an XML parser."""
    page = _TEMPLATE.render(picture(found, "M1 1h1"))
    return ET.fromstring(page.decode())  # noqa: S314 - our own picture


def titles(root: ET.Element, sign: str) -> set[str]:
    """Return what is at the marks of one sign."""
    return {
        one.findtext(f"{_SVG}title", "")
        for one in root.iter(f"{_SVG}g")
        if one.get("class") == f"mark {sign}" and one.find(f"{_SVG}title") is not None
    }


def test_the_template_is_right() -> None:
    """It names what the picture has, and nothing else."""
    named = {one.name.partition(".")[0] for one in _TEMPLATE.remarks if one.name}

    assert named <= picture(effect(*EDIT), "").keys()
    assert b"[" not in _TEMPLATE.render(picture(effect(*EDIT), ""))


def test_what_is_marked() -> None:
    """Each country and mirror that the edit touches has its mark, once."""
    root = drawn(effect(*EDIT))

    assert {"DE"} == titles(root, "loses")
    assert {"FJ", "UK"} == titles(root, "gains")
    assert {DE.url} == titles(root, "removed")
    assert {JP.url} == titles(root, "changed")
    assert {"https://new.example/", "https://uk.example/"} == titles(root, "added")
    assert {FR.url, US.url} <= titles(root, "kept")


def test_it_says_in_words_what_it_shows() -> None:
    """Those who do not see it are told the same."""
    root = drawn(effect(*EDIT))
    about = root.findtext(f"{_SVG}desc", "")

    assert "2 mirrors added" in root.findtext(f"{_SVG}title", "")
    assert "1 country loses: DE" in about
    assert "from de.example to fr.example" in about
    assert root.get("aria-labelledby") == "Title Desc"


def test_the_legend() -> None:
    """It has the signs that are on the map, and no other."""
    found = effect(*EDIT)
    root = drawn(found)
    words = {one.text for one in root.iter(f"{_SVG}text")}
    there = {one.sign for one in marks(found)}

    assert {WORDS[sign] for sign in there} <= words
    assert not {WORDS[sign] for sign in Sign if sign not in there} & words
    assert "mirror that stays" in words


def test_lines() -> None:
    """A country whose first mirror changes has a line to it and to the one before."""
    root = drawn(effect([DE, FR], [FR], weights={"de": 1}))
    ways = [one.get("class") for one in root.iter(f"{_SVG}path")]

    assert "way was" in ways
    assert "way is" in ways


@pytest.mark.parametrize(
    "mirrors",
    [
        [mirror("x", url="https://h.example/<script>&amp;'\"/")],
        [mirror("x", url="https://h.example/[for%20a]]>/")],
        [mirror(f"m{number}", "us") for number in range(90)],
        [mirror("x", coordinates=Coordinates(latitude=90, longitude=180))],
        [],
    ],
    ids=["markup", "directives", "many", "the pole", "none"],
)
def test_any_list_can_be_drawn(mirrors: Sequence[Mirror]) -> None:
    """Whatever is in a list, the picture is XML and shows its mirrors."""
    for found in (effect(mirrors, [FR]), effect([FR], mirrors)):
        root = drawn(found)
        shown = titles(root, "removed") | titles(root, "added") | titles(root, "kept")

        assert {one.url for one in mirrors} <= shown


def test_nothing_changed() -> None:
    """An edit of nothing is a map of the mirrors."""
    root = drawn(effect([DE, FR], [DE, FR]))

    assert titles(root, "kept") >= {DE.url, FR.url}
    assert not list(root.iter(f"{_SVG}circle"))[1:]
