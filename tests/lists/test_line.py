"""Tests for mirrorsel.lists.line: a mirror as the line that it is read from."""

from dataclasses import replace

import pytest
from hypothesis import given

from mirrorsel.lists import parse
from mirrorsel.lists.line import option_texts, option_words, quoted, render_line
from mirrorsel.lists.options import OPTIONS
from mirrorsel.model import Coordinates, Mirror, Scope
from tests.lists.test_corpus import CORPUS
from tests.lists.writing import texts

ALL = Mirror(
    url="https://m.example/",
    country="uk",
    contact="Joe <joe@m.example>",
    coordinates=Coordinates(latitude=-0.00001, longitude=8.74),
    asn=680,
    weight=200,
    max_share=0.125,
    prefixes=("httpd/", "tomcat/tomcat-11/"),
    only=frozenset(Scope),
    refuses=frozenset({"fr", "be"}),
    ipv6=False,
    disabled='says "no"',
)


def test_all_of_it() -> None:
    """A line tells all that the list can say, in the order of the document."""
    fields, options = render_line(ALL).rsplit("\t", 1)

    assert fields == 'http\tuk\thttps://m.example/\t"Joe <joe@m.example>"'
    assert options == (
        "lat=-0.00001 lon=8.74 asn=AS680 weight=200 max_share=12.5%"
        " prefix=httpd,tomcat/tomcat-11 only=country,continent,as refuses=be,fr"
        r' ipv6=no disabled="says \"no\""'
    )


def test_every_option_is_written() -> None:
    """Each option has its text, and none has another's name."""
    full = option_texts(replace(ALL, ipv4=False))

    assert list(full) == list(OPTIONS)
    for name, text in full.items():
        OPTIONS[name].read(text)


@pytest.mark.parametrize(
    ("mirror", "line"),
    [
        pytest.param(
            Mirror(url="http://m/", country="de"), "http\tde\thttp://m/", id="bare"
        ),
        pytest.param(
            Mirror(url="http://m/", country="de", weight=7),
            "http\tde\thttp://m/\t-\tweight=7",
            id="no contact",
        ),
        pytest.param(
            Mirror(url="http://m/", backup=True), "http\tBackup\thttp://m/", id="Backup"
        ),
        pytest.param(
            Mirror(url="http://m/", country="de", link="l"),
            'http\tde\thttp://m/\t0\t""\tl',
            id="link without logo or stamp",
        ),
    ],
)
def test_short_lines(mirror: Mirror, line: str) -> None:
    """What the list need not say is left out."""
    assert line == render_line(mirror)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("plain", "plain"),
        ("", '""'),
        ("#7", '"#7"'),
        ("c#", "c#"),
        ("a\\b", "a\\b"),
        ("a \\", '"a \\\\"'),
    ],
)
def test_quotes(text: str, word: str) -> None:
    """Only what needs quotes gets them."""
    assert word == quoted(text)


def read_again(text: str) -> None:
    """Assert that what a list says is the same when it is written anew."""
    mirrors = parse(text, None).list.mirrors
    written = "".join(f"{render_line(one)}\n" for one in mirrors)
    again = parse(written, None)

    assert [replace(one, line=0) for one in again.list.mirrors] == [
        replace(one, line=0) for one in mirrors
    ]
    assert all(one.message == "there is no mirror in it" for one in again.problems)


@given(text=texts(broken=True))
def test_reads_back(text: str) -> None:
    """Every mirror that can be read is the same after writing and reading."""
    read_again(text)


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.stem) for path in sorted(CORPUS.glob("*.list"))]
)
def test_corpus_reads_back(path: object) -> None:
    """The same holds for the lists of the other tests."""
    read_again((CORPUS / str(path)).read_bytes().decode())


def test_defaults_are_left_out() -> None:
    """A mirror without options has no words for them."""
    assert option_words(Mirror(url="http://m/")) == ()
