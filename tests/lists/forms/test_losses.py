"""Tests for mirrorsel.lists.forms.losses: what is said of what is lost."""

from datetime import UTC, datetime

import pytest

from mirrorsel.lists.forms.asf import SOURCE
from mirrorsel.lists.forms.comments import comments_in
from mirrorsel.lists.forms.csv_form import CSV
from mirrorsel.lists.forms.form import Listing, Loss
from mirrorsel.lists.forms.losses import lost_by, sentence
from mirrorsel.lists.forms.mirmon_forms import MIRMON_PLAIN
from mirrorsel.lists.forms.mirrorbits_out import MIRRORBITS
from mirrorsel.model import Coordinates, Kind, Mirror, MirrorList, Scope
from tests.lists.forms.making import listing

STAMP = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("whose", "end"),
    [
        pytest.param((), "", id="unknown"),
        pytest.param(("a", "b", "c"), ": 3 left out: a, b, c", id="few"),
        pytest.param(("a", "b", "c", "d"), ": 4 left out", id="many"),
    ],
)
def test_mirrors_are_named_when_few(whose: tuple[str, ...], end: str) -> None:
    """Three names help; more would hide the others."""
    loss = Loss(what="weights", whose=whose)

    assert sentence("the form CSV", loss) == f"the form CSV does not hold weights{end}"


def test_value_that_a_form_cannot_hold() -> None:
    """It is shown with its mirror, and of many only the first."""
    mirrors = [
        Mirror(url=f"http://m{number}.example/", country="de", contact="weight=7")
        for number in range(5)
    ]
    found = lost_by(SOURCE, listing(*mirrors), SOURCE.written(listing(*mirrors)))

    assert found.fields == (
        *(
            f"the source form cannot hold the contact 'weight=7' of {one.url}"
            for one in mirrors[:3]
        ),
        "the source form cannot hold 2 more contacts",
    )


def test_place_that_means_nowhere() -> None:
    """Where 0, 0 stands for no place, a mirror there has none."""
    place = Coordinates(latitude=0, longitude=0)
    mirror = Mirror(url="http://a.example/", country="de", coordinates=place)
    found = lost_by(MIRRORBITS, listing(mirror), MIRRORBITS.written(listing(mirror)))

    assert found.fields == (
        "the form mirrorbits cannot hold the lat, lon 0, 0 of http://a.example/",
    )


def test_scopes_that_need_more_than_a_form_holds() -> None:
    """An autonomous system that is not read back takes its scope along."""
    mirror = Mirror(
        url="http://a.example/", country="de", only=frozenset({Scope.AS, Scope.COUNTRY})
    )
    found = lost_by(MIRRORBITS, listing(mirror), MIRRORBITS.written(listing(mirror)))

    assert found.fields == (
        "the form mirrorbits cannot hold the only as,country of http://a.example/",
    )


def test_mirrors_that_are_left_out() -> None:
    """Each is left out for a reason."""
    mirrors = (
        Mirror(url="http://a.example/", country="de"),
        Mirror(url="ftp://a.example/", kind=Kind.FTP, country="fr"),
        Mirror(url="http://b.example/", backup=True),
    )
    found = lost_by(
        MIRRORBITS, listing(*mirrors), MIRRORBITS.written(listing(*mirrors))
    )

    assert found.mirrors == (
        Loss(
            what="mirrors by ftp or rsync without one by http that is like them",
            whose=("ftp://a.example/",),
        ),
        Loss(what="mirrors of last resort (Backup)", whose=("http://b.example/",)),
    )


def test_mirror_that_is_a_backup_too() -> None:
    """Where a URL can stand but once, the mirror of a country counts."""
    mirrors = (
        Mirror(url="http://a.example/", backup=True),
        Mirror(url="http://a.example/", country="de", disabled="gone"),
        Mirror(url="http://b.example/", country="de"),
        Mirror(url="http://b.example/", backup=True),
    )
    found = lost_by(
        MIRMON_PLAIN, listing(*mirrors), MIRMON_PLAIN.written(listing(*mirrors))
    )

    assert found.mirrors == (
        Loss(what="mirrors out of service (disabled)", whose=("http://a.example/",)),
        Loss(
            what="a URL twice, as a mirror of its country and as Backup",
            whose=("http://b.example/",),
        ),
    )


@pytest.mark.parametrize(
    ("names", "lost"),
    [pytest.param("ab", False, id="of names"), pytest.param("ba", True, id="other")],
)
def test_order(names: str, *, lost: bool) -> None:
    """It is told where a folder, which goes by the names, has another."""
    mirrors = [Mirror(url=f"http://{one}.example/", country="de") for one in names]
    found = lost_by(
        MIRRORBITS, listing(*mirrors), MIRRORBITS.written(listing(*mirrors))
    )

    assert lost == (
        found.fields == ("the form mirrorbits does not hold the order of the lines",)
    )


@pytest.mark.parametrize("stamp", [None, STAMP], ids=["no stamp", "stamp"])
def test_date(stamp: datetime | None) -> None:
    """It is told to be lost where time stamps are held against it."""
    mirror = Mirror(url="http://a.example/", country="de", stamp=stamp)
    whole = Listing(mirrors=MirrorList(mirrors=(mirror,), dated=STAMP))
    found = lost_by(CSV, whole, CSV.written(whole))

    assert bool(stamp) == (
        found.fields == ("the form CSV does not hold the date of the list",)
    )


def test_comments() -> None:
    """Lines are counted that say something besides mirrors and the date."""
    text = (
        "# date : Mon Nov 23 09:05:07 2026 [UTC]\n"
        "#\n# ---\n\nhttp de http://a.example/#x # why\n#http de http://b.example/\n"
        'http de http://c.example/ - disabled="a # b"\n'
    )

    assert comments_in(text) == 3
