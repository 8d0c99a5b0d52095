"""Tests for the form mirrorbits: a YAML document for each mirror."""

from typing import Any

import pytest
import yaml

from mirrorsel.lists.forms.form import Sources, Taken
from mirrorsel.lists.forms.mirrorbits_out import MIRRORBITS
from mirrorsel.model import Coordinates, Kind, Mirror, Scope
from tests.lists.forms.making import listing, page, unnumbered

SHOWN = """\
Name: example
HttpURL: https://mirror.example.no/apache/
RsyncURL: rsync://mirror.example.no/apache/
FtpURL: ""
SponsorName: Example Inc.
SponsorURL: https://example.no/
SponsorLogoURL: ""
AdminName: Anna Muster
AdminEmail: anna@example.no
CustomData: ""
ContinentOnly: false
CountryOnly: true
ASOnly: false
Score: 50
Latitude: 59.95
Longitude: 10.75
ContinentCode: EU
CountryCodes: NO SE
ExcludedCountryCodes: GB FR
ASNum: 224
Enabled: true
AllowRedirects: null

Comment:
asked in May
---
and "in June": [
"""
"""What `mirrorbits show` prints, with a comment that is no YAML."""


def read(*texts: str) -> Taken:
    """Return what is read of some files."""
    pages = [page(text, f"m{number}") for number, text in enumerate(texts, start=1)]
    return MIRRORBITS.read(Sources(pages=tuple(pages)), {"no", "de"})


def shown(**fields: str) -> str:
    """Return a small document."""
    usual = {"HttpURL": "http://a.example/", "CountryCodes": "DE"}
    return "".join(f"{key}: {value}\n" for key, value in {**usual, **fields}.items())


def test_mirror_as_it_is_shown() -> None:
    """Each URL is a mirror; Norway is no false, and the comment no part of it."""
    taken = read(SHOWN)
    common: dict[str, Any] = {
        "country": "no",
        "contact": "Anna Muster <anna@example.no>",
        "coordinates": Coordinates(latitude=59.95, longitude=10.75),
        "asn": 224,
        "weight": 150,
        "only": frozenset({Scope.COUNTRY}),
        "refuses": frozenset({"uk", "fr"}),
        "link": "https://example.no/",
    }

    assert taken.skipped == ()
    assert taken.mirrors.mirrors == (
        Mirror(url="https://mirror.example.no/apache/", line=2, **common),
        Mirror(
            url="rsync://mirror.example.no/apache/", kind=Kind.RSYNC, line=3, **common
        ),
    )
    assert [one.what for one in taken.losses] == [
        "the names of mirrors",
        "a second country of a mirror",
        "comments",
        "names of sponsors",
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"Score": "-30"}, {"weight": 70}, id="score"),
        pytest.param({"Score": "-500"}, {"weight": 1}, id="lowest score"),
        pytest.param({"Latitude": "0", "Longitude": "0"}, {}, id="nowhere"),
        pytest.param(
            {"Latitude": "1e-05", "Longitude": "0"},
            {"coordinates": Coordinates(latitude=1e-05, longitude=0)},
            id="exponent",
        ),
        pytest.param({"ASNum": "0"}, {}, id="no AS"),
        pytest.param(
            {"ASNum": "7", "ASOnly": "true"},
            {"asn": 7, "only": frozenset({Scope.AS})},
            id="its AS",
        ),
        pytest.param(
            {"ASOnly": "true"},
            {"disabled": "serves only its own network, which nothing here names"},
            id="an unknown AS serves nobody",
        ),
        pytest.param(
            {"Enabled": "false"},
            {"disabled": "out of service where it came from"},
            id="disabled",
        ),
        pytest.param(
            {"Enabled": "false", "Comment": "\ndisk\nfull"},
            {"disabled": "disk full"},
            id="disabled with a comment",
        ),
        pytest.param({"AdminEmail": "a@b.de"}, {"contact": "a@b.de"}, id="mail"),
        pytest.param({"AdminName": "Anna"}, {"contact": "Anna"}, id="name"),
    ],
)
def test_fields(fields: dict[str, str], expected: dict[str, Any]) -> None:
    """What the fields say becomes options, and the strict stay strict."""
    (mirror,) = read(shown(**fields)).mirrors.mirrors

    assert unnumbered(mirror) == Mirror(
        url="http://a.example/", country="de", **expected
    )


def test_url_without_a_scheme_is_two_mirrors() -> None:
    """Such a mirror answers by https and by http, and is written so again."""
    taken = read(shown(HttpURL="a.example/x/"))
    (written,) = MIRRORBITS.written(listing(*taken.mirrors.mirrors))

    assert [one.url for one in taken.mirrors.mirrors] == [
        "https://a.example/x/",
        "http://a.example/x/",
    ]
    assert yaml.safe_load(written.content)["HttpURL"] == "a.example/x/"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            "- a\n", "m1:1:1: a mirror is a YAML document of names", id="list"
        ),
        pytest.param("a: &x [1]\nb: *x\n", "m1:1:4: a mirror is", id="nested"),
        pytest.param("a: &x 1\nb: *x\n", "m1:2:4: a mirror is", id="alias"),
        pytest.param("a: {b: 1}\n", "m1:1:4: a mirror is", id="mapping"),
        pytest.param("a: 1\n---\nb: 2\n", "m1:3:1: a mirror is", id="two documents"),
        pytest.param("a: 'x\n", "m1:2:1: a mirror is", id="no YAML"),
        pytest.param("a: \x07\n", "m1: a mirror is", id="bell"),
        pytest.param("a: 1\na: 2\n", "m1:2:1: `a` is given twice", id="twice"),
        pytest.param("", "m1: the mirror has no URL", id="empty"),
        pytest.param(shown(Score="high"), "m1:3:8: `Score` must be", id="score"),
        pytest.param(
            shown(Enabled="perhaps"), "m1:3:10: `Enabled` must be", id="answer"
        ),
        pytest.param(
            shown(CountryCodes=""),
            "m1:2:14: the mirror has no country",
            id="no country",
        ),
        pytest.param(
            shown(Latitude="x", Longitude="1"), "m1:3:11: `lat` must be", id="place"
        ),
        pytest.param(
            shown(HttpURL="http://u:secret@a.example/"),
            "m1:1:17: a public URL cannot have a user name",
            id="password",
        ),
    ],
)
def test_bad_documents(text: str, problem: str) -> None:
    """A file that cannot be used is skipped, with its place; the others are read."""
    taken = read(text, shown(HttpURL="http://g.example/"))

    assert [one.url for one in taken.mirrors.mirrors] == ["http://g.example/"]
    assert taken.skipped[0].startswith(problem)
    assert "secret" not in taken.skipped[0]


def test_object_of_python() -> None:
    """A tag makes no object: it is text like any other."""
    taken = read(shown(AdminName="!!python/object/apply:os.system [id]"))

    assert taken.mirrors.mirrors == ()


def test_lines_of_a_host_are_one_entry() -> None:
    """Lines that differ in nothing else go together, and come back as they were."""
    mirrors = (
        Mirror(url="https://a.example/x/", country="de", weight=150),
        Mirror(url="rsync://a.example/y/", kind=Kind.RSYNC, country="de", weight=150),
        Mirror(url="http://a.example/x/", country="de"),
        Mirror(url="ftp://a.example/x/", kind=Kind.FTP, country="de", weight=9),
    )
    written = MIRRORBITS.written(listing(*mirrors))
    second, first = (yaml.safe_load(one.content) for one in written)

    assert [str(one.path) for one in written] == ["a.example-2.yaml", "a.example.yaml"]
    assert (first["HttpURL"], first["RsyncURL"], first["Score"]) == (
        "https://a.example/x/",
        "rsync://a.example/y/",
        50,
    )
    assert (second["HttpURL"], second["FtpURL"]) == ("http://a.example/x/", "")
    assert set(map(unnumbered, MIRRORBITS.kept(written))) == set(mirrors[:3])


def test_names_of_files_are_harmless() -> None:
    """They have only letters, digits, dots and hyphens, and begin with no dot."""
    urls = ("http://[2001:db8::1]:80/", "http://A.example:8080/", "http://_/")
    mirrors = [Mirror(url=one, country="de") for one in urls]
    written = MIRRORBITS.written(listing(*mirrors))

    assert [str(one.path) for one in written] == [
        "2001-db8-1.yaml",
        "a.example.yaml",
        "mirror.yaml",
    ]
