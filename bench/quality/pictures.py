"""The plots of the selection's quality."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure

from bench.quality.figures import percentile
from bench.quality.measure import Failure, NearSet, Reached

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STYLE: dict[Any, Any] = {
    # Text stays text, and the same numbers give the same file.
    "svg.fonttype": "none",
    "svg.hashsalt": "mirrorsel",
    "font.family": "sans-serif",
    "font.size": 10.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.alpha": 0.3,
}
# Okabe and Ito's colours, which nobody confuses; dashes tell them apart in grey.
_LINES = (("#0072b2", "-"), ("#d55e00", "--"), ("#009e73", "-."), ("#555555", ":"))
_WIDTH, _HEIGHT = 7.2, 4.0
_POINTS = 200
_NEAREST = 1.0
"""Kilometres that count as none on a scale of powers."""


def draw(
    folder: Path,
    ways: Sequence[Reached],
    sets: Sequence[NearSet],
    failed: Sequence[Failure],
) -> list[Path]:
    """Write all plots as SVG; return their files."""
    folder.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(_STYLE):
        return [
            _saved(_distances(ways), folder / "distances.svg"),
            _saved(_loads(ways), folder / "loads.svg"),
            _saved(_near_sets(sets), folder / "near-sets.svg"),
            _saved(_failures(failed), folder / "failures.svg"),
        ]


def _saved(figure: Figure, path: Path) -> Path:
    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
    return path


def _blank() -> "tuple[Figure, Axes]":
    figure = Figure(figsize=(_WIDTH, _HEIGHT), layout="constrained")
    return figure, figure.subplots()


def _distances(ways: Sequence[Reached]) -> Figure:
    figure, axes = _blank()
    shares = [number / _POINTS for number in range(_POINTS + 1)]
    for one, (colour, dashes) in zip(ways, _LINES, strict=False):
        far = [max(_NEAREST, percentile(one.kilometres, share)) for share in shares]
        percent = [100 * share for share in shares]
        axes.plot(far, percent, dashes, color=colour, label=one.name)
    axes.set_xscale("log")
    axes.set_xlabel("kilometres to the chosen mirror")
    axes.set_ylabel("clients within, in %")
    axes.legend(loc="upper left")
    return figure


def _loads(ways: Sequence[Reached]) -> Figure:
    figure, axes = _blank()
    for one, (colour, dashes) in zip(ways, _LINES, strict=False):
        loads = sorted(one.loads.values(), reverse=True)
        percent = [100 * load / len(one.kilometres) for load in loads]
        places = range(1, len(loads) + 1)
        axes.plot(places, percent, dashes, color=colour, label=one.name)
    axes.set_yscale("log")
    axes.set_xlabel("mirrors, the busiest first")
    axes.set_ylabel("of all clients, in %")
    axes.legend(loc="upper right")
    return figure


def _near_sets(sets: Sequence[NearSet]) -> Figure:
    figure, axes = _blank()
    for number, one in enumerate(sets, start=1):
        mean = one.clients / len(one.mirrors)
        shares = [load / mean for load in one.loads]
        axes.plot([number] * len(shares), shares, "o", color=_LINES[0][0], alpha=0.5)
    axes.axhline(1.0, color=_LINES[1][0], linestyle="--", label="an equal share")
    axes.set_ylim(bottom=0)
    axes.set_xticks(
        range(1, len(sets) + 1), [f"{len(one.mirrors)}\n{one.clients}" for one in sets]
    )
    axes.set_xlabel("near sets: how many mirrors, and below how many clients")
    axes.set_ylabel("clients of each mirror,\nof an equal share")
    axes.legend(loc="lower right")
    return figure


def _failures(failed: Sequence[Failure]) -> Figure:
    figure, axes = _blank()
    places = range(len(failed))
    own = [100 * one.moved - 100 * one.others for one in failed]
    others = [100 * one.others for one in failed]
    axes.bar(places, own, color=_LINES[0][0], label="its own clients")
    axes.bar(places, others, bottom=own, color=_LINES[1][0], label="others")
    names = [one.mirror.host for one in failed]
    axes.set_xticks(places, names, rotation=45, ha="right")
    axes.set_ylabel("moved clients, in % of all")
    axes.legend(loc="upper right")
    return figure
