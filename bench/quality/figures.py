"""Figures of distributions."""

from collections.abc import Sequence


def mean(figures: Sequence[float]) -> float:
    """Return the mean."""
    return sum(figures) / len(figures)


def percentile(figures: Sequence[float], share: float) -> float:
    """Return the figure below which that share of all lies, from 0 to 1."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def gini(loads: Sequence[float]) -> float:
    """Return the Gini coefficient: 0 if all are equal, near 1 if one has all."""
    total = sum(loads)
    if not total:
        return 0.0
    ordered = enumerate(sorted(loads), start=1)
    weighted = sum(place * load for place, load in ordered)
    count = len(loads)
    return 2 * weighted / (count * total) - (count + 1) / count


def peak(loads: Sequence[float]) -> float:
    """Return how many times the mean the largest one is."""
    return max(loads) / mean(loads) if sum(loads) else 1.0
