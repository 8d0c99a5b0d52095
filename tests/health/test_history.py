"""What is remembered of mirrors."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.health import Change, History, Track, record
from mirrorsel.health.history import BUCKETS, CHANGES, HOURS
from mirrorsel.model import Health, Outcome, ProbeResult, Snapshot, State

HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 29, 12, 34, 56, tzinfo=UTC)
URL = "https://mirror.example/"
UP = Health(state=State.UP)
STALE = Health(state=State.UP, stale=True)
DOWN = Health(state=State.DOWN)
UNKNOWN = Health()


def seen(at: datetime, health: Health, *, frozen: bool = False) -> Snapshot:
    """Return what is believed of one mirror."""
    since = at if frozen else None
    return Snapshot(taken=at, frozen_since=since, health={URL: health})


def past(*snapshots: Snapshot) -> History:
    """Return what is remembered after these snapshots, without probes."""
    history = None
    for one in snapshots:
        history = record(history, one, (), ())
    assert history is not None
    return history


@pytest.mark.parametrize(
    ("snapshots", "hours"),
    [
        pytest.param([seen(NOW, UP)], "u", id="first"),
        pytest.param([seen(NOW, DOWN), seen(NOW, UP)], "d", id="worst-of-an-hour"),
        pytest.param([seen(NOW, UNKNOWN), seen(NOW, UP)], "?", id="unknown-then-up"),
        pytest.param([seen(NOW, STALE), seen(NOW, UNKNOWN)], "s", id="stale"),
        pytest.param([seen(NOW, UP), seen(NOW + HOUR, DOWN)], "ud", id="next-hour"),
        pytest.param([seen(NOW, UP), seen(NOW + 4 * HOUR, UP)], "u...u", id="a-gap"),
        pytest.param(
            [seen(NOW, UP), seen(NOW + HOUR, DOWN, frozen=True)], "u.", id="frozen"
        ),
        pytest.param([seen(NOW, UP, frozen=True)], ".", id="frozen-at-first"),
        pytest.param(
            [seen(NOW, UP), seen(NOW - 2 * HOUR, DOWN)], "u", id="clock-set-back"
        ),
        pytest.param(
            [seen(NOW, UP), seen(NOW - 2 * HOUR, DOWN), seen(NOW + HOUR, UP)],
            "uu",
            id="clock-caught-up",
        ),
        pytest.param(
            [seen(NOW, UP), seen(NOW + 50 * HOUR, UP), seen(NOW + HOUR, STALE)],
            "us",
            id="clock-was-far-ahead",
        ),
        pytest.param(
            [
                seen(NOW, UP),
                seen(NOW.astimezone(timezone(timedelta(hours=5.5))), DOWN),
            ],
            "d",
            id="another-zone",
        ),
    ],
)
def test_hours(snapshots: list[Snapshot], hours: str) -> None:
    """Each hour has the worst that was believed in it, and gaps are seen as such."""
    assert hours == past(*snapshots).tracks[URL].hours


def test_the_last_mark_is_of_the_last_hour() -> None:
    """A history says of which hour its last marks are."""
    assert past(seen(NOW, UP)).hour == NOW.replace(minute=0, second=0)


def test_only_listed_mirrors_are_remembered() -> None:
    """A mirror that leaves the list is forgotten; one that is new begins."""
    first = past(seen(NOW, UP))
    then = record(
        first, Snapshot(taken=NOW + HOUR, health={"https://new.example/": UP}), (), ()
    )

    assert then.tracks == {"https://new.example/": Track(hours="u")}


def change(number: int, url: str = URL) -> Change:
    """Return a change of a mirror."""
    return Change(
        url=url,
        at=NOW + number * HOUR,
        before=State.UP,
        after=State.DOWN,
        stale=False,
        outcome=Outcome.DNS,
        detail=str(number),
    )


def test_changes_are_kept_by_mirror() -> None:
    """The last changes of a mirror are kept, and no other's."""
    history = None
    for number in range(CHANGES + 3):
        both = (change(number), change(number, "https://other.example/"))
        history = record(history, seen(NOW, DOWN), both, ())

    assert history is not None
    assert history.tracks[URL].changes == tuple(
        change(number) for number in range(3, CHANGES + 3)
    )


def probe(outcome: Outcome, seconds: float) -> ProbeResult:
    """Return what one probe saw."""
    return ProbeResult(url=URL, at=NOW, outcome=outcome, seconds=seconds)


def test_probes_are_counted_while_frozen() -> None:
    """Probes are counted whether they are believed or not."""
    results = (
        probe(Outcome.OK, BUCKETS[0]),
        probe(Outcome.OK, BUCKETS[0] + 0.01),
        probe(Outcome.DNS, BUCKETS[-1] + 1),
    )
    history = record(None, seen(NOW, UP, frozen=True), (), results)

    assert history.outcomes == {Outcome.OK: 2, Outcome.DNS: 1}
    assert history.durations == (1, 1, *(0,) * (len(BUCKETS) - 2), 1)
    assert history.seconds == pytest.approx(31.21)


cycles = st.lists(
    st.tuples(
        st.integers(-500, 500),
        st.sets(st.sampled_from("abc")),
        st.sampled_from([UP, STALE, DOWN, UNKNOWN]),
        st.booleans(),
        st.lists(
            st.builds(probe, st.sampled_from(Outcome), st.floats(0, 400)), max_size=4
        ),
    ),
    min_size=1,
)


@given(cycles=cycles)
def test_laws(
    cycles: list[tuple[int, set[str], Health, bool, list[ProbeResult]]],
) -> None:
    """Memory is bounded, sums only grow, and the mirrors are those of the snapshot."""
    history = None
    for hours, urls, health, frozen, results in cycles:
        at = NOW + hours * HOUR
        snapshot = Snapshot(
            taken=at,
            frozen_since=at if frozen else None,
            health=dict.fromkeys(urls, health),
        )
        told = [change(1, url) for url in urls]
        before = history or History(hour=at)
        history = record(history, snapshot, told, results)

        assert urls == history.tracks.keys()
        for track in history.tracks.values():
            assert 1 <= len(track.hours) <= HOURS
            assert len(track.changes) <= CHANGES
        assert sum(history.outcomes.values()) == sum(history.durations)
        assert before.seconds <= history.seconds
        pairs = zip(before.durations, history.durations, strict=True)
        assert all(old <= new for old, new in pairs)


@given(back=st.integers(0, 24), healths=st.lists(st.sampled_from([UP, DOWN])))
def test_clock_set_back(back: int, healths: list[Health]) -> None:
    """A clock that is set back by up to a day takes no mark away."""
    before = past(
        *(seen(NOW + n * HOUR, one) for n, one in enumerate([UP, *healths])),
        seen(NOW + len(healths) * HOUR, DOWN),
    )
    at = NOW + (len(healths) - back) * HOUR

    assert before.tracks == record(before, seen(at, DOWN), (), ()).tracks
