"""The checker among five hundred mirrors, for a minute; ``./dev soak`` takes longer."""

import pytest

from tests.soak.manners import LIVES, Manner, Turns, life_of
from tests.soak.soak import Order, Report, soak

pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def report() -> Report:
    """Run the test once for all that is asked of it."""
    return soak(Order(seconds=60, period=7))


def test_lives_make_a_hundred() -> None:
    """The shares of the ways to live are parts of a hundred."""
    assert sum(one.share for one in LIVES) == 100


def test_no_mirror_is_misjudged(report: Report) -> None:
    """At the end every mirror is believed to be what it is."""
    assert report.wrong == ()


def test_no_mirror_falls_without_a_cause(report: Report) -> None:
    """At no time a mirror is down that never failed three times in a row."""
    assert report.fallen == ()


def test_outage_is_no_turn_of_a_mirror() -> None:
    """A probe that the outage breaks off is made up for, so that flapping goes on."""
    flaps = next(at for at in range(100) if life_of(at).name == "flaps")
    turns = Turns()
    probes = [
        ("good", True, False, Manner.SERVE),
        ("its file", False, False, Manner.SERVE),
        ("bad", True, False, Manner.CLOSE),
        ("good", True, False, Manner.SERVE),
        ("its file in the outage", False, True, Manner.CLOSE),
        ("in the outage", True, True, Manner.CLOSE),
        ("good again", True, False, Manner.SERVE),
    ]

    for name, begins, is_gone, expected in probes:
        manner = turns.manner(flaps, begins=begins, is_gone=is_gone)
        assert expected is manner, name


def test_every_round_is_in_time(report: Report) -> None:
    """No mirror that is not down waits much longer than a period for its probe."""
    assert report.latest < 12, "\n".join(report.lines())


def test_an_outage_of_all_changes_nothing(report: Report) -> None:
    """While nobody answers, no state changes; then the checker goes on."""
    assert report.frozen
    assert report.calm, "\n".join(report.lines())


def test_all_of_it_holds(report: Report) -> None:
    """What ``./dev soak`` exits by is all of this."""
    assert report.sound, "\n".join(report.lines())


def test_memory_is_flat(report: Report) -> None:
    """Once all mirrors are known, memory grows no more."""
    assert report.growth < 8, "\n".join(report.lines())


def test_nothing_leaks(report: Report) -> None:
    """Descriptors and threads end with the probe that needed them."""
    assert report.descriptors < 150, "\n".join(report.lines())


def test_nothing_unexpected_is_logged(report: Report) -> None:
    """The log tells of states; there is no traceback in it."""
    assert "Traceback" not in report.log
