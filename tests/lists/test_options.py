"""Tests for mirrorsel.lists.options."""

import pytest

from mirrorsel.lists import parse
from mirrorsel.lists.options import OPTIONS, read_country
from mirrorsel.lists.urls import read_url
from mirrorsel.lists.words import Word
from mirrorsel.model import Kind, Mirror


@pytest.mark.parametrize("name", OPTIONS)
def test_examples(name: str) -> None:
    """The example of every option is one, and changes the mirror."""
    more = {"lat": " lon=1", "lon": " lat=1"}.get(name, "")
    line = f"http de https://a.example.de/ {OPTIONS[name].example}{more}\n"

    loaded = parse(line, None)
    plain = Mirror(url="https://a.example.de/", country="de", line=1)

    assert loaded.ok
    assert (plain,) != loaded.list.mirrors


def test_default_weight() -> None:
    """The documented weight of a mirror without the option is the real one."""
    weight = str(Mirror(url="").weight)

    assert weight == OPTIONS["weight"].default


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("de", "de", id="lower case"),
        pytest.param("De", "de", id="any case"),
        pytest.param("GB", "uk", id="gb is uk"),
        pytest.param("uk", "uk", id="uk is uk"),
    ],
)
def test_read_country(text: str, expected: str) -> None:
    """A country has one spelling."""
    assert expected == read_country(text)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example.de/",
        "ftp://ftp.example.co.uk/pub/apache-dist/a.b/",
        "https://a-b.example.de/~x/",
    ],
)
def test_usual_urls(url: str) -> None:
    """A URL is taken as it stands, whether its type is known or not."""
    kind = Kind.FTP if url.startswith("ftp") else Kind.HTTP

    read = {read_url(Word(url, 1), kind), read_url(Word(url, 1), None)}

    assert {url} == read
