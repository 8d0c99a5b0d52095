"""Figures of two sides, and of bars."""

import pytest

from bench.bars import verdict
from bench.duel import Outcome, Run, spread
from bench.load import Told


def run(rate: int, cpu: float) -> Run:
    """Return a run with a rate and a cost."""
    told = Told(
        requests=rate,
        seconds=1.0,
        size=0,
        refused=0,
        failed=0,
        closed=0,
        p50=0.001,
        p99=0.002,
        p999=0.003,
        longest=1 / rate,
    )
    return Run(told=told, cpu=cpu)


def test_ratios_are_those_of_pairs() -> None:
    """Each round has its ratio: a slow second hits both sides alike."""
    pairs = [
        (run(900, 2.0), run(1000, 1.0)),
        (run(80, 3.0), run(100, 1.0)),
        (run(700, 4.0), run(1000, 1.0)),
    ]
    outcome = Outcome(pairs=pairs)

    assert str(outcome.rate) == "0.80 (0.70 to 0.90)"
    assert str(outcome.cpu) == "3.00 (2.00 to 4.00)"
    assert outcome.median(lambda one: one.told.rate) == (700, 1000)


@pytest.mark.parametrize(
    ("figures", "shown"),
    [
        pytest.param([1.5], "1.50 (1.50 to 1.50)", id="one round"),
        pytest.param([0.002, 0.003], "0.0025 (0.0020 to 0.0030)", id="small figures"),
    ],
)
def test_a_spread_is_shown(figures: list[float], shown: str) -> None:
    """A single round has a range too, and a small figure enough digits."""
    assert str(spread(figures)) == shown


@pytest.mark.parametrize(
    ("missed", "checked", "said"),
    [
        pytest.param([], 3, "**Reached** by all 3.", id="reached"),
        pytest.param(["a 0.7"], 3, "**Missed** by 1 of 3: a 0.7.", id="missed"),
        pytest.param([], 0, "Not measured in this run.", id="not measured"),
    ],
)
def test_bars(missed: list[str], checked: int, said: str) -> None:
    """It is said where a bar was missed, and that none was measured."""
    assert verdict("x.", missed, checked) == f"**Bar:** x. {said}"
