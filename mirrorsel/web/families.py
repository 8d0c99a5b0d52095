"""What was counted, as metrics of Prometheus."""

from collections.abc import Container, Iterator, Mapping, Sequence

from prometheus_client.core import (
    CounterMetricFamily,
    HistogramMetricFamily,
    Metric,
)

from mirrorsel.health.history import BUCKETS, History
from mirrorsel.model import Outcome
from mirrorsel.web.counted import ENDPOINTS
from mirrorsel.web.tally import (
    BOUNDS,
    BUCKET,
    COUNTRIES,
    SECONDS,
    SELECTIONS,
    Key,
)

_INFINITE = "+Inf"


def request_families(
    sums: Mapping[Key, float], mirrors: Container[str]
) -> Iterator[Metric]:
    """Yield what was counted in requests, of the given mirrors only."""
    selections = CounterMetricFamily(
        "mirrorsel_selections",
        "Clients that were given a mirror.",
        labels=("mirror", "outcome"),
    )
    countries = CounterMetricFamily(
        "mirrorsel_selections_by_country",
        "Clients that were given a mirror, by their country.",
        labels=("country", "outcome"),
    )
    for (kind, *labels), count in sums.items():
        if kind == SELECTIONS and labels[0] in mirrors:
            selections.add_metric(labels, count)
        elif kind == COUNTRIES:
            countries.add_metric(labels, count)
    yield from (selections, countries, _durations(sums))


def probe_families(history: History) -> Iterator[Metric]:
    """Yield what the checker has counted."""
    probes = CounterMetricFamily(
        "mirrorsel_probes", "Probes, by how they ended.", labels=("outcome",)
    )
    for outcome in Outcome:
        probes.add_metric((outcome,), history.outcomes.get(outcome, 0))
    yield probes
    if len(history.durations) != len(BUCKETS) + 1:
        # They were counted by other bounds, before an upgrade.
        return
    yield HistogramMetricFamily(
        "mirrorsel_probe_seconds",
        "How long probes took.",
        buckets=_accumulated(BUCKETS, history.durations),
        sum_value=history.seconds,
    )


def _durations(sums: Mapping[Key, float]) -> Metric:
    family = HistogramMetricFamily(
        "mirrorsel_request_seconds",
        "How long the application took for requests.",
        labels=("endpoint",),
    )
    names = (*map(str, BOUNDS), _INFINITE)
    for endpoint in ENDPOINTS:
        counts = [sums.get((BUCKET, endpoint, name), 0) for name in names]
        seconds = sums.get((SECONDS, endpoint), 0)
        family.add_metric((endpoint,), _accumulated(BOUNDS, counts), seconds)
    return family


def _accumulated(
    bounds: Sequence[float], counts: Sequence[float]
) -> list[tuple[str, float]]:
    """Return for each bound how many did not go beyond it."""
    reached, total = [], 0.0
    for name, count in zip((*map(str, bounds), _INFINITE), counts, strict=True):
        total += count
        reached.append((name, total))
    return reached
