"""Tests for mirrorsel.lists.published: the form that programs read."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.lists import parse, render
from mirrorsel.lists.times import read_date, write_date
from mirrorsel.model import Health, Kind, Mirror, MirrorList, Snapshot, State

ORIGIN = datetime(2026, 11, 23, 9, 5, 7, tzinfo=UTC)
LISTED = ORIGIN - timedelta(days=9)
PROBED = ORIGIN - timedelta(hours=3)
URL = "https://mirror.example.de/apache/"

TIMES = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001 - as above
    timezones=st.just(UTC),
).map(lambda time: time.replace(microsecond=0))
HEALTH = st.builds(
    Health, state=st.sampled_from(State), stamp=st.none() | TIMES, checked=TIMES
)
PLACES = st.sampled_from(["de", "uk", "jp", None])


@st.composite
def mirrors(draw: st.DrawFn) -> Mirror:
    """Make a mirror as the reader of a list would."""
    country = draw(PLACES)
    kind = draw(st.sampled_from(Kind))
    scheme = draw(st.sampled_from(["http", "https"])) if kind is Kind.HTTP else kind
    return Mirror(
        url=f"{scheme}://m{draw(st.integers(0, 99))}.example/",
        kind=kind,
        country=country,
        backup=country is None,
        stamp=draw(st.none() | TIMES),
        contact="admin@example.de",
        disabled=draw(st.none() | st.just("disk full")),
    )


LISTS = st.builds(
    MirrorList,
    mirrors=st.lists(mirrors(), unique_by=lambda one: one.url).map(tuple),
    dated=st.none() | TIMES,
)


@st.composite
def snapshots(draw: st.DrawFn, listed: MirrorList) -> Snapshot | None:
    """Make a snapshot of some of the mirrors, or none."""
    urls = [one.url for one in listed.mirrors]
    known = st.dictionaries(st.sampled_from(urls), HEALTH) if urls else st.just({})
    origin = st.builds(Health, stamp=st.none() | TIMES)
    whole = st.builds(Snapshot, taken=TIMES, origin=origin, health=known)
    return draw(st.none() | whole)


@given(listed=LISTS, data=st.data())
def test_what_is_published_reads_as_what_was_listed(
    listed: MirrorList, data: st.DataObject
) -> None:
    """Every mirror in service comes back with its kind, place and order."""
    text = render(listed, data.draw(snapshots(listed)))
    expected = [
        (one.url, one.kind, one.country, one.backup)
        for one in listed.mirrors
        if one.disabled is None
    ]
    read = parse(text, None)
    seen = [(one.url, one.kind, one.country, one.backup) for one in read.list.mirrors]

    assert expected == seen
    assert read.ok is bool(expected)


@given(listed=LISTS, data=st.data())
def test_published_again_it_stays_the_same(
    listed: MirrorList, data: st.DataObject
) -> None:
    """A list that was published and read is published with the same bytes."""
    known = data.draw(snapshots(listed))
    text = render(listed, known)
    read = parse(text, None).list
    date = text.split("\n", 1)[0]
    again = render(read, None)

    # A mirror that is down without a stamp reads as one of unknown age.
    assert " 0\n" in text or again.split("\n")[1:] == text.split("\n")[1:]
    assert read.dated == read_date(date.removeprefix("# date : "))


@given(TIMES)
def test_a_written_date_reads_as_itself(time: datetime) -> None:
    """`read_date` undoes `write_date`."""
    assert time == read_date(write_date(time))


@pytest.mark.parametrize(
    ("time", "text"),
    [
        pytest.param(
            datetime(2015, 9, 2, 9, 49, 53, tzinfo=UTC),
            "Wed Sep  2 09:49:53 2015 [UTC]",
            id="a day of one digit",
        ),
        pytest.param(
            datetime.fromisoformat("2026-11-23T00:30:00+01:00"),
            "Sun Nov 22 23:30:00 2026 [UTC]",
            id="another zone",
        ),
    ],
)
def test_the_date_is_written_as_it_always_was(time: datetime, text: str) -> None:
    """English names, the day in two places, the zone in brackets."""
    assert text == write_date(time)


def test_the_whole_form() -> None:
    """REQ-72: one blank between fields, lower case but Backup, no people."""
    listed = MirrorList(
        mirrors=(
            Mirror(url=URL, country="de", contact="a@example.de", weight=200),
            Mirror(url="ftp://f.example/", kind=Kind.FTP, country="uk"),
            Mirror(url="https://off.example/", country="de", disabled="disk full"),
            Mirror(url="https://b.example/", backup=True),
        )
    )
    known = {URL: Health(state=State.UP, stamp=PROBED, checked=ORIGIN)}
    snapshot = Snapshot(taken=ORIGIN, origin=Health(stamp=ORIGIN), health=known)
    expected = (
        "# date : Mon Nov 23 09:05:07 2026 [UTC]\n"
        "http de https://mirror.example.de/apache/ 1795413907\n"
        "ftp uk ftp://f.example/ 1795424707\n"
        "http Backup https://b.example/ 1795424707\n"
    )

    assert expected == render(listed, snapshot)


@pytest.mark.parametrize(
    ("health", "expected"),
    [
        pytest.param(None, LISTED, id="never probed: the list's"),
        pytest.param(Health(stamp=PROBED, checked=ORIGIN), PROBED, id="the mirror's"),
        pytest.param(Health(checked=ORIGIN), ORIGIN, id="none yet: counts as fresh"),
        pytest.param(
            Health(state=State.DOWN, stamp=PROBED, checked=ORIGIN),
            PROBED,
            id="down: the last one",
        ),
        pytest.param(
            Health(state=State.DOWN, checked=ORIGIN), None, id="down and none: 0"
        ),
    ],
)
def test_whose_stamp_is_published(
    health: Health | None, expected: datetime | None
) -> None:
    """What the checker read comes before what the list says."""
    listed = MirrorList(mirrors=(Mirror(url=URL, country="de", stamp=LISTED),))
    known = {URL: health} if health else {}
    text = render(
        listed, Snapshot(taken=ORIGIN, origin=Health(stamp=ORIGIN), health=known)
    )

    assert expected == parse(text, None).list.mirrors[0].stamp


@pytest.mark.parametrize(
    ("stamp", "dated", "snapshot", "expected"),
    [
        pytest.param(
            LISTED,
            PROBED,
            Snapshot(taken=PROBED, origin=Health(stamp=ORIGIN)),
            ORIGIN,
            id="the origin's stamp",
        ),
        pytest.param(LISTED, PROBED, None, LISTED, id="the newest mirror's"),
        pytest.param(None, PROBED, None, PROBED, id="the list's"),
        pytest.param(None, None, Snapshot(taken=ORIGIN), ORIGIN, id="the snapshot's"),
    ],
)
def test_the_date_is_what_stamps_are_held_against(
    stamp: datetime | None,
    dated: datetime | None,
    snapshot: Snapshot | None,
    expected: datetime,
) -> None:
    """It never is the present, so that a dead checker makes no mirror stale."""
    only = Mirror(url=URL, country="de", stamp=stamp)
    text = render(MirrorList(mirrors=(only,), dated=dated), snapshot)

    assert expected == parse(text, None).list.dated


def test_of_nothing_there_is_a_date() -> None:
    """A list without mirrors, date and snapshot is just a header."""
    expected = "# date : Thu Jan  1 00:00:00 1970 [UTC]\n"

    assert expected == render(MirrorList(mirrors=()), None)
