"""``/mirrors/metrics``: what Prometheus reads."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime

from falcon import Request, Response
from prometheus_client import CollectorRegistry
from prometheus_client.core import Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from mirrorsel.web.counters import Counters
from mirrorsel.web.families import probe_families, request_families
from mirrorsel.web.file_gauges import file_families
from mirrorsel.web.gauges import mirror_families, system_families
from mirrorsel.web.past import Past
from mirrorsel.web.realm import Realm


class Metrics:
    """Shows metrics in the format that is asked for."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Take what collects them."""
        self._registry = registry

    def on_get(self, request: Request, response: Response) -> None:
        """Answer with all metrics, in the text format or as OpenMetrics."""
        encode, response.content_type = choose_encoder(
            request.get_header("Accept", default="")
        )
        response.set_header("Cache-Control", "no-store")
        response.set_header("X-Content-Type-Options", "nosniff")
        response.data = encode(self._registry)

    on_head = on_get


class _Collector(Collector):
    """Looks at everything when it is asked; one request at a time does so."""

    def __init__(
        self,
        realm: Callable[[], Realm],
        counters: Counters,
        list_errors: Callable[[], int],
        past: Callable[[], Past | None],
        clock: Callable[[], datetime],
    ) -> None:
        self._realm = realm
        self._counters = counters
        self._list_errors = list_errors
        self._clock = clock
        self._past = past
        self._lock = threading.Lock()

    def describe(self) -> list[Metric]:
        """Return nothing: nobody else collects into the same registry."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield all metrics."""
        with self._lock:
            families = tuple(self._families(self._realm()))
        yield from families

    def _families(self, realm: Realm) -> Iterator[Metric]:
        sources, now = realm.sources, self._clock()
        listed = {one.url for one in sources.mirrors.mirrors}
        origin = realm.index.geography.origin.mirror.url
        yield from request_families(self._counters.sums(), {*listed, origin})
        yield from mirror_families(sources, now)
        yield from system_families(
            sources,
            now,
            list_errors=self._list_errors(),
            shared=self._counters.shared,
        )
        past = self._past()
        if past:
            yield from file_families(realm, past, now)
        if past and past.history:
            yield from probe_families(past.history)


def make_metrics(
    realm: Callable[[], Realm],
    counters: Counters,
    list_errors: Callable[[], int],
    past: Callable[[], Past | None],
    clock: Callable[[], datetime],
) -> Metrics:
    """Return what answers for metrics, with a registry of its own."""
    registry = CollectorRegistry()
    registry.register(_Collector(realm, counters, list_errors, past, clock))
    return Metrics(registry)
