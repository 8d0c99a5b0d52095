"""What a scrape of the metrics shows."""

from collections.abc import Mapping
from typing import TypeAlias

from prometheus_client.parser import text_string_to_metric_families

METRICS = "/mirrors/metrics"

Samples: TypeAlias = Mapping[tuple[str, ...], float]
"""Values by names and those of labels."""


def samples(text: str) -> Samples:
    """Return values by names and those of labels, in the order of the labels' names."""
    return {
        (one.name, *(value for _, value in sorted(one.labels.items()))): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }
