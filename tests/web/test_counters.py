"""What all processes count together, and what is made of it."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from mirrorsel.model import How
from mirrorsel.web.counted import SELECTED, Selected
from mirrorsel.web.counters import Counters
from mirrorsel.web.slot import SLOTS, claim
from tests.selection.worlds import mirror

A, B = mirror("a", "de"), mirror("b", "fr")


def _select(counters: Counters, *names: str) -> None:
    for name in names:
        chosen = Selected.of(A if name == "a" else B, How.NEAR, "de")
        note = {"REQUEST_METHOD": "GET", "PATH_INFO": "/get/x", SELECTED: chosen}
        counters.tally.note(note, 0.001)


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Counters, Counters]]:
    """Make the counters of two processes that share a folder."""
    found = (Counters(tmp_path, {"de"}), Counters(tmp_path, {"de"}))
    yield found
    for one in found:
        one.close()


def test_each_sees_what_both_have_counted(both: tuple[Counters, Counters]) -> None:
    """The own notes count at once, those of others when they have counted them."""
    _select(both[0], "a")
    _select(both[1], "a", "b")
    before = both[0].sums()["selections", A.url, "near"]
    both[1].flush()

    assert before == 1
    assert both[0].sums()["selections", A.url, "near"] == 2
    assert both[0].sums() == both[1].sums()
    assert all(one.shared for one in both)


def test_shares_are_of_all_processes_and_last_a_while(tmp_path: Path) -> None:
    """Pages that ask for them often cost no more for that."""
    moment = 0.0
    counters = Counters(tmp_path, {"de"}, clock=lambda: moment)
    other = Counters(tmp_path, {"de"})
    nobody = counters.shares()
    _select(counters, "a", "a", "a")
    _select(other, "b")
    other.close()
    moment = 9.9
    kept = counters.shares()
    moment = 10.0
    shares = counters.shares()
    counters.close()

    assert nobody == kept == {}
    assert {A.url: 0.75, B.url: 0.25} == shares


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_without_a_folder_each_counts_for_itself(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """Requests are answered all the same, and the log says what is missing."""
    (tmp_path / "file").write_text("")
    counters = Counters(tmp_path / name, {"de"})
    _select(counters, "a")
    _select(counters, "a")
    counters.flush()

    assert counters.sums()["selections", A.url, "near"] == 2
    assert not counters.shared
    [record] = caplog.records
    assert record.levelno == logging.WARNING
    assert str(tmp_path / name) in record.getMessage()


def test_too_many_processes_are_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The one that finds no file counts for itself."""
    taken = [claim(tmp_path) for _ in range(SLOTS)]
    counters = Counters(tmp_path, ())
    for one in taken:
        assert one
        one.close()

    assert not counters.shared
    assert "64 processes count there already" in caplog.text


def test_damage_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Counts that begin anew are no surprise to who reads the log."""
    (tmp_path / "count-1-0.db").write_bytes(b"abc")
    counters = Counters(tmp_path, ())
    counters.close()

    assert "a damaged file of counts begins anew" in caplog.text


def test_after_the_end_it_does_not_matter(tmp_path: Path) -> None:
    """A request that is answered after the last count harms nothing."""
    counters = Counters(tmp_path, {"de"})
    counters.close()
    _select(counters, "a")
    counters.close()

    assert ("selections", A.url, "near") in counters.sums()
