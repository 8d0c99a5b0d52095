"""Which mirror holds which file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.errors import StateError
from mirrorsel.model import Presence
from mirrorsel.state.holders import read_holders, write_holders
from mirrorsel.tree import Holders

A, B, C = (f"https://{name}.example/" for name in "abc")
MISSING, HELD, WRONG = Presence

scans = st.lists(
    st.tuples(st.sampled_from([A, B, C]), st.lists(st.sampled_from(Presence))),
    max_size=8,
)


def told(scans_: list[tuple[str, list[Presence]]]) -> Holders:
    """Return what is known after some scans."""
    holders = Holders(lineage="x")
    for at, (url, seen) in enumerate(scans_):
        holders = holders.with_scan(url, bytes(seen), float(at))
    return holders


@given(scans)
def test_the_last_scan_counts(scans_: list[tuple[str, list[Presence]]]) -> None:
    """Of each mirror, the last scan says what it has; what came later is missing."""
    holders = told(scans_)
    last = dict(scans_)
    count = max((len(seen) for _, seen in scans_), default=0)

    for url in (A, B, C):
        seen = last.get(url)
        for number in range(count + 2):
            expected = None if seen is None else MISSING
            if seen is not None and number < len(seen):
                expected = seen[number]
            assert holders.presence(url, number) == expected


@given(scans)
def test_sets_are_those_in_use(scans_: list[tuple[str, list[Presence]]]) -> None:
    """No set is kept that no file has, and none twice."""
    holders = told(scans_)

    assert len(set(holders.sets)) == len(holders.sets)
    assert set(holders.numbers) == set(range(len(holders.sets))) or not holders.numbers


@given(scans_=scans)
def test_written_and_read(
    scans_: list[tuple[str, list[Presence]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What is read is what was written."""
    path = tmp_path_factory.mktemp("state") / "holders"
    holders = told(scans_)
    write_holders(path, holders)

    assert read_holders(path) == holders


@given(scans, st.sets(st.sampled_from([A, B, C])))
def test_mirrors_that_left(
    scans_: list[tuple[str, list[Presence]]], kept: set[str]
) -> None:
    """A mirror that leaves the list is forgotten; of the others nothing changes."""
    holders = told(scans_)
    fewer = holders.only(sorted(kept))

    for url in (A, B, C):
        for number in range(len(holders.numbers)):
            expected = holders.presence(url, number) if url in kept else None
            assert fewer.presence(url, number) == expected


def test_arrival() -> None:
    """A file that is found on a mirror is held by it, whatever its last scan said."""
    holders = told([(A, [HELD]), (B, [HELD])]).with_arrivals(B, {2: HELD})

    assert [holders.absence(number) for number in range(4)] == [
        (0b00, 0),
        (0b11, 0),
        (0b01, 0),
        (0b11, 0),
    ]


@given(scans, st.dictionaries(st.integers(0, 9), st.sampled_from(Presence)))
def test_arrivals_change_nothing_else(
    scans_: list[tuple[str, list[Presence]]], arrived: dict[int, Presence]
) -> None:
    """What a look saw counts for that mirror and those files alone."""
    before = told(scans_)
    after = before.with_arrivals(A, arrived)

    for url in (A, B, C):
        for number in range(12):
            expected = before.presence(url, number)
            if url == A and A in before.mirrors:
                expected = arrived.get(number, expected)
            assert after.presence(url, number) == expected


def test_what_is_new_to_a_mirror() -> None:
    """A file is new until the second scan that knew of it."""
    first = told([(A, [HELD])])
    second = first.with_scan(A, bytes([HELD, MISSING]), 1.0)
    third = second.with_scan(A, bytes([HELD, MISSING]), 2.0)

    reached = [one.reached[A] for one in (first, second, third)]
    assert reached == [(1, 1), (1, 2), (2, 2)]


def test_mirror_that_returned() -> None:
    """One that waits for its scan holds nothing until then."""
    holders = told([(A, [HELD]), (B, [HELD])])
    waiting = holders.with_waiting({B, C})

    assert waiting.absence(0) == (0b10, 0)
    assert waiting.with_scan(B, bytes([HELD]), 9.0).absence(0) == (0, 0)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b'{"format":2}\n', id="other format"),
        pytest.param(
            b'{"format":1,"lineage":"x","mirrors":[],"scanned":{},"waiting":[],'
            b'"count":9,"sets":1}\n',
            id="cut short",
        ),
        pytest.param(
            b'{"format":1,"lineage":"x","mirrors":[],"scanned":{},"waiting":[],'
            b'"count":1,"sets":1}\n\x07\0\0\0',
            id="no such set",
        ),
        pytest.param(
            b'{"format":1,"lineage":"x","mirrors":[],"scanned":{},"waiting":[],'
            b'"count":0,"sets":1000000000000}\n',
            id="sets that take no room",
        ),
        pytest.param(
            b'{"format":1,"lineage":"x","mirrors":["a"],"scanned":{},"waiting":[],'
            b'"count":-1,"sets":2}\n',
            id="less than nothing",
        ),
    ],
)
def test_damaged(content: bytes, tmp_path: Path) -> None:
    """A file that cannot be is told so, and never misread."""
    path = tmp_path / "holders"
    path.write_bytes(content)

    with pytest.raises(StateError):
        read_holders(path)
