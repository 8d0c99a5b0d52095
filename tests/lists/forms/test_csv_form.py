"""Tests for mirrorsel.lists.forms.csv_form."""

import csv

import pytest

from mirrorsel.errors import ListError
from mirrorsel.lists.forms.csv_form import CSV
from mirrorsel.lists.forms.draft import NAMES
from mirrorsel.lists.forms.form import Sources, Taken
from mirrorsel.model import Coordinates, Mirror, Scope
from tests.lists.forms.making import listing, page

SPREADSHEET = "=+-@\t\r"


def read(text: str | bytes) -> Taken:
    """Return what is read of a table."""
    return CSV.read(Sources(pages=(page(text, "m.csv"),)), {"de", "za"})


def test_table_of_a_person() -> None:
    """Two columns are enough, in any order; the others are as options of a list."""
    taken = read(
        "country,url,lat,lon,only,max_share,asn\r\n"
        'za,https://a.example.za/,-33.9,18.4,"country,as",20%,AS680\r\n'
        "Backup,https://b.example/,,,,,\r\n"
    )

    assert (taken.skipped, taken.warnings) == ((), ())
    assert taken.mirrors.mirrors == (
        Mirror(
            url="https://a.example.za/",
            country="za",
            coordinates=Coordinates(latitude=-33.9, longitude=18.4),
            only=frozenset({Scope.COUNTRY, Scope.AS}),
            max_share=0.2,
            asn=680,
            line=2,
        ),
        Mirror(url="https://b.example/", backup=True, line=3),
    )


def test_byte_order_mark() -> None:
    """That of a spreadsheet program is no part of the first name."""
    assert read(b"\xef\xbb\xbfurl,country\nhttps://a.de/,de\n").mirrors.mirrors


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        pytest.param("http://a.de/,de,x,,", "2:17: `weight` must be", id="weight"),
        pytest.param("http://a.de/,d3,,,", "2:14: `d3` is no country", id="country"),
        pytest.param("gopher://a.de/,de,,,", "2:1: a URL must start", id="scheme"),
        pytest.param("http://a b.de/,de,,,", "2:9: ` ` in a URL", id="in a URL"),
        pytest.param(",de,,,", "2:1: the mirror has no url", id="no URL"),
        pytest.param("http://a.de/,,,,", "2:14: the mirror has no country", id="none"),
        pytest.param("http://a.de/,de,,5,", "2:18: `lat` needs `lon`", id="half"),
        pytest.param("http://a.de/,de,,", "2:1: a row has 5 cells, not 4", id="few"),
        pytest.param(
            'http://a.de/,de,,,"x\ty"', "2:19: a character of the contact", id="tab"
        ),
        pytest.param(
            f"http://a.de/,de,,,{'x' * 5000}", "2:19: the contact has more", id="long"
        ),
    ],
)
def test_bad_rows(row: str, problem: str) -> None:
    """A row that cannot be used is skipped, with file, line and column."""
    good = "http://g.de/,de,,,"
    taken = read(f"url,country,weight,lat,contact\n{row}\n{good}\n")

    assert [one.url for one in taken.mirrors.mirrors] == ["http://g.de/"]
    assert taken.skipped[0].startswith(f"m.csv:{problem}")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            "url,county\nx",
            "m.csv:1:5: unknown column `county`; did you mean `country",
            id="name",
        ),
        pytest.param(
            "url,country,url\nx", "1:13: the column `url` is there twice", id="twice"
        ),
        pytest.param(
            "", "m.csv:1: the first line must name the column `url`", id="empty"
        ),
        pytest.param('url,country\n"x', "m.csv:2:1: this double quote", id="no CSV"),
        pytest.param(b"url\n\xff", "m.csv:2:1: is not UTF-8", id="no text"),
    ],
)
def test_no_table(text: str | bytes, problem: str) -> None:
    """What is no table of mirrors is refused as a whole, with its place."""
    with pytest.raises(ListError) as caught:
        read(text)

    assert problem in str(caught.value)


def test_duplicates() -> None:
    """The first row of a URL counts; once more as Backup it is another thing."""
    taken = read("url,country\nhttp://a.de/,de\nhttp://a.de/,za\nhttp://a.de/,Backup\n")

    assert [one.country for one in taken.mirrors.mirrors] == ["de", None]
    assert taken.warnings == (
        "m.csv:3:1: http://a.de/ is already listed in line 2, which counts",
    )


def test_warnings() -> None:
    """What a list would warn of is warned of, where it stands."""
    taken = read("url,country\nhttp://a.de/x,xx\n")

    assert taken.warnings == (
        "m.csv:2:1: a final `/` was added to the URL",
        "m.csv:2:15: no country has the code `xx`",
    )


@pytest.mark.parametrize("start", SPREADSHEET[:4])
def test_no_formula(start: str) -> None:
    """Text of strangers begins no formula; a latitude stays a number."""
    mirror = Mirror(
        url="https://a.example/",
        country="za",
        contact=f"{start}HYPERLINK(1)",
        logo=f"{start}1",
        link=f"{start}1",
        prefixes=(f"{start}x/",),
        disabled=f"{start}1",
        coordinates=Coordinates(latitude=-33.9, longitude=-18.4),
    )
    _, row = csv.reader(CSV.written(listing(mirror))[0].content.decode().splitlines())
    cells = dict(zip(NAMES, row, strict=True))
    risky = {
        name for name, cell in cells.items() if cell.startswith(tuple(SPREADSHEET))
    }

    assert risky == {"lat", "lon"}
    assert (cells["lat"], cells["lon"]) == ("-33.9", "-18.4")


def test_epoch_is_a_number() -> None:
    """Any other text there would be taken for a contact."""
    taken = read("url,country,epoch\nhttp://a.de/,de,soon\n")

    assert taken.skipped == (
        "m.csv:2:17: the epoch must be a whole number of seconds since 1970",
    )


def test_many_problems_take_little_room() -> None:
    """Of a table that is all wrong, no more is read than is told."""
    taken = read("url,country\n" + "x\n" * 100_000)

    assert len(taken.skipped) == 101
