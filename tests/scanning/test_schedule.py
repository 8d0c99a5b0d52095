"""When mirrors are scanned."""

from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.scanning.schedule import (
    NEVER,
    DueScan,
    Past,
    choose,
    due_at,
    is_due,
)

DAY = 86400.0
urls = st.integers(0, 500).map(lambda number: f"https://m{number}.example/")
times = st.floats(1.7e9, 1.9e9)
periods = st.floats(60, 30 * DAY)


@given(urls, times, periods)
def test_once_in_a_period(url: str, scanned: float, period: float) -> None:
    """The next scan comes within a period, and from then on one in each."""
    first = due_at(url, Past(scanned=scanned), period)
    second = due_at(url, Past(scanned=first + 0.001), period)

    assert scanned < first <= scanned + period * 1.000001
    assert abs(second - first - period) < 1


@given(times)
def test_spread_over_the_day(now: float) -> None:
    """Of many mirrors that were scanned together, each hour has its share."""
    hours = [0] * 24
    for number in range(1000):
        due = due_at(f"https://m{number}.example/", Past(scanned=now), DAY)
        hours[min(int((due - now) / 3600), 23)] += 1

    assert min(hours) > 15
    assert max(hours) < 90


@given(urls, times, periods, st.integers(1, 99))
def test_back_off(url: str, now: float, period: float, failures: int) -> None:
    """After each failure it takes longer, and never longer than the period."""
    waits = [
        due_at(url, Past(failures=count, tried=now), period) - now
        for count in (failures, failures + 1)
    ]

    assert 0 < waits[0] <= waits[1] <= period + 0.001


@given(urls, times, periods)
def test_clock_set_back(url: str, now: float, period: float) -> None:
    """What was done in the future was done by a clock that was wrong."""
    assert is_due(url, Past(scanned=now + period), period, now)
    assert is_due(url, Past(failures=1, tried=now + period), period, now)
    assert is_due(url, Past(), period, now)
    assert not is_due(url, Past(failures=1, tried=now), period, now)


scans = st.builds(
    DueScan,
    url=urls,
    host=st.sampled_from("abcdefgh"),
    due=st.floats(0, 99) | st.just(NEVER),
    urgent=st.booleans(),
)


@given(
    st.lists(scans, max_size=20),
    st.sets(st.sampled_from("abcdefgh")),
    st.integers(0, 5),
)
def test_who_is_scanned(due: list[DueScan], busy: set[str], free: int) -> None:
    """No host twice, no busy one, none too many, and nobody idle who could work."""
    chosen = choose(due, busy, free)
    hosts = [one.host for one in chosen]
    waiting = {one.host for one in due} - busy

    assert len(set(hosts)) == len(hosts) == min(free, len(waiting))
    assert set(hosts) <= waiting
    if any(one.urgent and one.host not in busy for one in due) and free:
        assert chosen[0].urgent


@given(
    st.lists(scans, max_size=20),
    st.sets(st.sampled_from("abcdefgh")),
    st.integers(0, 5),
    st.integers(0, 3),
)
def test_reserved_places(
    due: list[DueScan], busy: set[str], free: int, reserved: int
) -> None:
    """Those that are waited for get any place, and all others leave some."""
    chosen = choose(due, busy, free, reserved=reserved)
    urgent = {one.host for one in due if one.urgent} - busy

    assert sum(one.urgent for one in chosen) == min(free, len(urgent))
    if any(not one.urgent for one in chosen):
        assert len(chosen) <= free - reserved
