"""Tests for the form mirrorbrain: what `mb show` prints of each mirror."""

from typing import Any

import pytest

from mirrorsel.lists.forms.form import Sources, Taken
from mirrorsel.lists.forms.mirrorbrain_out import MIRRORBRAIN
from mirrorsel.model import Coordinates, Kind, Mirror, Scope
from tests.lists.forms.making import listing, page, unnumbered

SHOWN = """\
identifier     : mirror.example.no
operatorName   : Example
operatorUrl    : http://www.example.no/
baseurl        : http://mirror.example.no/
baseurlFtp     : ftp://mirror.example.no/pub/
baseurlRsync   : None
region         : eu
country        : no
lat,lng        : 60.391,5.324
regionOnly     : True
countryOnly    : False
asOnly         : False
prefixOnly     : False
ipv6Only       : True
otherCountries : dk,se
fileMaxsize    : 4096
publicNotes    : fast
score          : 150
enabled        : True
statusBaseurl  : True
admin          : Anna Muster
adminEmail     : anna@example.no
---------- comments ----------
Added - Wed May  6 14:36:10 2009

enabled : False
---------- comments ----------

-------- Connectivity---------
Prefix: 192.0.2.0/24 (AS224)
Prefix: 198.51.100.0/24 (AS225)
-------- Connectivity---------
"""


def read(text: str) -> Taken:
    """Return what is read of a file."""
    return MIRRORBRAIN.read(Sources(pages=(page(text, "m"),)), {"no", "de"})


def shown(*lines: str, comment: str = "") -> str:
    """Return a small entry."""
    usual = ["baseurl        : http://a.example/", "country        : de"]
    rule = "---------- comments ----------"
    return "\n".join([*usual, *lines, rule, comment, rule, ""])


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_mirror_as_it_is_shown(ends: str) -> None:
    """Each URL is a mirror; nothing of the comment is a field."""
    taken = read(SHOWN.replace("\n", ends))
    common: dict[str, Any] = {
        "country": "no",
        "contact": "Anna Muster <anna@example.no>",
        "coordinates": Coordinates(latitude=60.391, longitude=5.324),
        "asn": 224,
        "weight": 150,
        "only": frozenset({Scope.CONTINENT}),
        "ipv4": False,
        "link": "http://www.example.no/",
    }

    assert taken.skipped == ()
    assert taken.mirrors.mirrors == (
        Mirror(url="http://mirror.example.no/", line=4, **common),
        Mirror(url="ftp://mirror.example.no/pub/", kind=Kind.FTP, line=5, **common),
    )
    assert [one.what for one in taken.losses] == [
        "the identifiers of mirrors",
        "a second country of a mirror (otherCountries)",
        "names of operators",
        "public notes",
        "sizes of files (fileMaxsize)",
        "comments",
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ["asn : 680", "asOnly : 1"],
            {"asn": 680, "only": frozenset({Scope.AS})},
            id="AS",
        ),
        pytest.param(
            ["score : 0"], {"weight": 1, "disabled": "disk full"}, id="score 0"
        ),
        pytest.param(["score : 20000"], {"weight": 10_000}, id="highest score"),
        pytest.param(["enabled : False"], {"disabled": "disk full"}, id="disabled"),
        pytest.param(["lat,lng : None,None"], {}, id="no place"),
        pytest.param(
            ["prefixOnly : True"],
            {"disabled": "serves only its own network, which nothing here names"},
            id="a network only",
        ),
    ],
)
def test_fields(lines: list[str], expected: dict[str, Any]) -> None:
    """What the fields say becomes options, and the strict stay strict."""
    (mirror,) = read(shown(*lines, comment="disk full")).mirrors.mirrors

    assert unnumbered(mirror) == Mirror(
        url="http://a.example/", country="de", **expected
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("", "m: there is no line `baseurl`", id="empty"),
        pytest.param("# a\nnonsense\n", "m:2:1: a line must be a name", id="nonsense"),
        pytest.param(shown("score : high"), "m:3:9: `score` must be", id="score"),
        pytest.param(shown("asOnly : no"), "m:3:10: `asOnly` must be", id="answer"),
        pytest.param(shown("country : --"), "m:3:11: `--` is no country", id="country"),
    ],
)
def test_bad_entries(text: str, problem: str) -> None:
    """A file that cannot be used is skipped, with its place."""
    taken = read(text)

    assert taken.mirrors.mirrors == ()
    assert taken.skipped[0].startswith(problem)


def test_http_and_https_are_two_entries() -> None:
    """An entry has one base URL, and the first takes the others of the host."""
    mirrors = (
        Mirror(url="https://a.example/x/", country="uk"),
        Mirror(url="http://a.example/x/", country="uk", disabled="=\nno: yes"),
        Mirror(url="rsync://a.example/y/", kind=Kind.RSYNC, country="uk"),
    )
    written = MIRRORBRAIN.written(listing(*mirrors))
    first, second = (one.content.decode() for one in written)

    assert [str(one.path) for one in written] == ["a.example", "a.example-2"]
    assert "baseurlRsync   : rsync://a.example/y/\nregion         : \n" in first
    assert "enabled        : False\n" in second
    assert [one.disabled for one in MIRRORBRAIN.kept(written)] == [
        None,
        None,
        "= no: yes",
    ]
