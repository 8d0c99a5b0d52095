"""Tests for mirrorsel.lists.forms.asf: our own two forms."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.lists import parse
from mirrorsel.lists.forms.asf import SOURCE, write_source
from mirrorsel.lists.forms.form import Listing, Sources
from mirrorsel.model import Mirror, MirrorList
from tests.lists.forms.making import LISTS, listing, page, unnumbered

CORPUS = sorted((Path(__file__).parents[1] / "corpus").glob("*.list"))


def again(mirrors: MirrorList) -> MirrorList:
    """Return what is read of a list as it is written."""
    return parse(write_source(Listing(mirrors=mirrors)), None).list


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_corpus(path: Path) -> None:
    """What is read of a list is written so that the same is read again."""
    mirrors = parse(path.read_bytes().decode(errors="replace"), None).list.mirrors
    written = again(MirrorList(mirrors=mirrors)).mirrors

    assert list(map(unnumbered, mirrors)) == list(map(unnumbered, written))


@given(mirrors=LISTS)
def test_second_writing_changes_nothing(mirrors: MirrorList) -> None:
    """A list as it is written once is written the same again."""
    once = write_source(Listing(mirrors=mirrors))

    assert write_source(Listing(mirrors=parse(once, None).list)) == once


@given(contact=st.text(min_size=1))
def test_no_contact_becomes_anything_else(contact: str) -> None:
    """Whatever a contact says, the line has one mirror, with it or with none."""
    mirror = Mirror(url="https://a.example/", country="de", contact=contact)
    loaded = parse(write_source(listing(mirror)), None)
    (read,) = loaded.list.mirrors

    assert loaded.problems == ()
    assert read.contact in {contact, None}
    assert (read.weight, read.disabled, read.stamp) == (100, None, None)


@pytest.mark.parametrize(
    "contact",
    [
        "a@example.org",
        "Anna Muster <a@example.org>",
        'the "team" a@example.org, b@example.org',
        "#team",
        "a\\b@example.org",
    ],
)
def test_contacts_of_people_are_held(contact: str) -> None:
    """Blanks, quotes and marks around an address are no obstacle."""
    mirror = Mirror(url="https://a.example/", country="de", contact=contact)
    (read,) = again(listing(mirror).mirrors).mirrors

    assert read.contact == contact


def test_contact_takes_the_place_of_the_stamp() -> None:
    """The fourth field is one of the two."""
    mirror = Mirror(
        url="https://a.example/", country="de", contact="a@x", logo="l", link="k"
    )

    assert write_source(listing(mirror)) == "http\tde\thttps://a.example/\ta@x\n"


def test_date_goes_with_stamps() -> None:
    """A list with time stamps says what they are held against, no other does."""
    read = parse(
        "# date : Mon Nov 23 09:05:07 2026 [UTC]\nhttp de http://a.de/ 1\n", None
    )
    plain = parse(
        "# date : Mon Nov 23 09:05:07 2026 [UTC]\nhttp de http://a.de/\n", None
    )

    assert again(read.list) == read.list
    assert write_source(Listing(mirrors=plain.list)) == "http\tde\thttp://a.de/\n"


def test_bad_lines_are_skipped() -> None:
    """Each is named, and warnings are told apart."""
    text = "http de\nhttp de http://a.de/x 5\nhttp xx http://b.de/\n"
    taken = SOURCE.read(Sources(pages=(page(text),)), {"de"})

    assert [one.url for one in taken.mirrors.mirrors] == [
        "http://a.de/x/",
        "http://b.de/",
    ]
    assert taken.skipped == (
        "file:1:8: a line needs a type, a country or Backup, and a URL",
    )
    assert [one.partition(": ")[0] for one in taken.warnings] == [
        "file:2:9",
        "file:3:6",
    ]
