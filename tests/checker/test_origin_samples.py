"""Samples that the origin sent."""

import itertools
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mirrorsel.checker.origin_samples import OriginSamples
from mirrorsel.checker.piece import PIECE, WHOLE
from mirrorsel.checker.sample import Sample
from mirrorsel.model import Health, Mirror, Spot
from mirrorsel.net import Limits
from tests import loopback
from tests.loopback import Behaviour, Loopback, answer
from tests.mirror import tree

_LIMITS = Limits(timeout=2, deadline=4, private_addresses=True)
_LARGE = random.Random(1).randbytes(200_000)
_MIDDLE = (200_000 - PIECE) // 2
_START = datetime(2026, 1, 1, tzinfo=UTC)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = _START

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def move(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


def turns(
    samples: OriginSamples,
    count: int,
    url: str = "http://mirror.example/",
    prefixes: Sequence[str] = (),
    stamp: datetime = _START,
) -> list[Sample | None]:
    """Return what a mirror is asked for, turn by turn."""
    mirror = Mirror(url=url, prefixes=tuple(prefixes))
    return [samples.choose(mirror, Health(), stamp) for _ in range(count)]


def places(found: Sequence[Sample | None]) -> list[tuple[str, int]]:
    """Return where samples lie."""
    return [(one.path, one.start) for one in found if one is not None]


def test_there_are_none_before_the_origin_was_asked() -> None:
    """A probe never waits for the origin."""
    samples = OriginSamples("http://127.0.0.1:1/", ["a"], _LIMITS)

    assert [None] == turns(samples, 1)


def test_files_are_as_the_origin_has_them() -> None:
    """A small file is known as a whole, a large one by two pieces."""
    files = {"a%20b": b"small", "d/large": _LARGE}
    with Loopback(tree(files)) as server:
        samples = OriginSamples(server.url, ["a b", "d/large"], _LIMITS)
        samples.refresh()
    found = {(one.path, one.start): one for one in turns(samples, 3) if one}

    assert found == {
        ("a b", 0): Sample(path="a b", size=5, start=0, content=b"small"),
        ("d/large", 0): Sample(
            path="d/large", size=200_000, start=0, content=_LARGE[:PIECE]
        ),
        ("d/large", _MIDDLE): Sample(
            path="d/large",
            size=200_000,
            start=_MIDDLE,
            content=_LARGE[_MIDDLE : _MIDDLE + PIECE],
            head=_LARGE[:PIECE],
        ),
    }


def test_every_file_has_its_turn_before_a_second_piece() -> None:
    """The pieces come in turn for each mirror, and start apart for different ones."""
    files = dict.fromkeys("abc", _LARGE)
    with Loopback(tree(files)) as server:
        samples = OriginSamples(server.url, list(files), _LIMITS)
        samples.refresh()
    cycle = [(name, start) for start in (0, _MIDDLE) for name in "abc"]
    mine = places(turns(samples, 12))
    firsts = {
        places(turns(samples, 1, f"http://mirror{number}.example/"))[0]
        for number in range(50)
    }

    first = cycle.index(mine[0])
    assert (cycle * 3)[first : first + 12] == mine
    assert set(cycle) == firsts


def test_what_was_wrong_is_compared_again() -> None:
    """The same piece comes next as long as it is wrong, and the turns go on after."""
    samples = _known({"a": b"1", "b": _LARGE})
    mirror = Mirror(url="http://mirror.example/")
    wrong = Health(wrong=Spot(path="b", start=_MIDDLE))
    gone = Health(wrong=Spot(path="c", start=0))

    found = [samples.choose(mirror, wrong, _START) for _ in range(3)]

    assert [("b", _MIDDLE)] * 3 == places(found)
    assert 3 == len({*places([samples.choose(mirror, gone, _START) for _ in range(3)])})


@settings(max_examples=20)
@given(seed=st.integers(0, 1000))
def test_the_turn_of_a_mirror_is_its_own(seed: int) -> None:
    """Others that are probed between do not change what a mirror is asked for."""
    alone, among = (_known({"a": b"1", "b": b"2", "c": b"3"}) for _ in range(2))
    chance = random.Random(seed)
    expected = places(turns(alone, 6))
    found = []
    for _ in range(6):
        found += places(turns(among, 1))
        turns(among, chance.randrange(4), "http://other.example/")

    assert expected == found


def test_a_mirror_of_a_part_is_asked_for_that() -> None:
    """Prefixes bound what is chosen."""
    samples = _known({"a/f": b"1", "b/f": b"2"})

    assert [("b/f", 0)] * 3 == places(turns(samples, 3, prefixes=["b/"]))
    assert [None] == turns(samples, 1, prefixes=["c/"])


def test_what_the_origin_lacks_is_left_out() -> None:
    """No mirror is asked for it."""
    with Loopback(tree({"b": b"2", "empty": b""})) as server:
        samples = OriginSamples(server.url, ["a", "b", "empty"], _LIMITS)
        samples.refresh()

    assert [("b", 0)] * 4 == places(turns(samples, 4))


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(answer(_LARGE), id="no-ranges"),
        pytest.param(loopback.endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x"), id="endless"),
        pytest.param(
            answer(b"<html>", headers={"Content-Type": "text/html"}), id="page"
        ),
    ],
)
def test_an_odd_origin_gives_no_wrong_samples(behaviour: Behaviour) -> None:
    """What is known of a file is its beginning, or nothing."""
    with Loopback(behaviour) as server:
        samples = OriginSamples(server.url, ["f.gz"], _LIMITS)
        samples.refresh()

    for one in turns(samples, 4):
        assert one is None or (0, _LARGE[:PIECE]) == (one.start, one.content)


def test_the_origin_is_asked_once_an_hour() -> None:
    """However often a cycle comes, and however the clock is put."""
    clock = Clock()
    with Loopback(tree({"a": b"1"})) as server:
        samples = OriginSamples(server.url, ["a", "b"], _LIMITS, clock=clock)
        asked = []
        for hours in (0, 0.5, 0.49, 0.02, -5, 0.5):
            clock.move(hours=hours)
            samples.refresh()
            asked.append(len(server.requests))

    assert [2, 2, 2, 4, 6, 6] == asked


def test_an_origin_that_hangs_costs_one_wait() -> None:
    """The other files are not waited for as well, and it is left alone for a while."""
    clock = Clock()
    with Loopback(loopback.hanging) as server:
        limits = Limits(timeout=0.2, deadline=0.4, private_addresses=True)
        samples = OriginSamples(server.url, ["a", "b"], limits, clock=clock)
        asked = []
        for minutes in (0, 1, 1, 4):
            clock.move(minutes=minutes)
            samples.refresh()
            asked.append([one.split()[1] for one in server.requests])

    assert [1, 2, 2, 3] == [len(one) for one in asked]
    assert [b"/a", b"/b", b"/a"] == asked[-1]


def test_a_slow_origin_holds_no_cycle_up() -> None:
    """What does not fit into the time is asked for the next time."""
    timer = itertools.count(0, 3)
    with Loopback(tree({})) as server:
        samples = OriginSamples(
            server.url, "abc", _LIMITS, timer=timer.__next__, clock=Clock()
        )
        asked = []
        for _ in range(4):
            samples.refresh()
            asked.append(len(server.requests))

    assert [1, 2, 3, 3] == asked


def test_what_was_known_stays_for_some_hours() -> None:
    """An origin that fails does not end the comparisons at once, yet in time."""
    clock = Clock()
    with Loopback(tree({"a": b"1"})) as server:
        samples = OriginSamples(server.url, ["a"], _LIMITS, clock=clock)
        samples.refresh()
    clock.move(hours=2)
    samples.refresh()
    before = turns(samples, 1)
    clock.move(hours=2)
    samples.refresh()

    assert [("a", 0)] == places(before)
    assert [None] == turns(samples, 1)


def test_a_changed_file_is_asked_of_mirrors_that_may_have_it() -> None:
    """Mirrors with an older stamp are not held against what is new."""
    clock = Clock()
    files: dict[str, bytes | Behaviour] = {"a": b"1"}
    with Loopback(tree(files)) as server:
        samples = OriginSamples(server.url, ["a"], _LIMITS, clock=clock)
        samples.refresh()
        files["a"] = b"22"
        clock.move(hours=1)
        samples.refresh()
    old = turns(samples, 1, stamp=clock.now)
    new = turns(samples, 1, stamp=clock.now + timedelta(hours=1))

    assert [None] == old
    assert [("a", 0)] == places(new)


def test_many_mirrors_are_remembered_within_bounds() -> None:
    """Mirrors that come and go fill no memory, and rotation goes on."""
    samples = _known({"a": b"1", "b": b"2"})
    for number in range(10_050):
        turns(samples, 1, f"http://mirror{number}.example/")

    assert {("a", 0), ("b", 0)} == set(places(turns(samples, 2)))


def test_the_largest_small_file_is_whole() -> None:
    """A file of the bound is compared in all its bytes."""
    sample = turns(_known({"a": _LARGE[:WHOLE]}), 1)[0]

    assert sample is not None
    assert (0, WHOLE, WHOLE) == (sample.start, len(sample.content), sample.size)


def _known(files: dict[str, bytes]) -> OriginSamples:
    """Return the samples of an origin with some files."""
    with Loopback(tree(files)) as server:
        samples = OriginSamples(server.url, list(files), _LIMITS, clock=lambda: _START)
        samples.refresh()
    return samples
