"""How tests probe mirrors on loopback."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mirrorsel.checker import Prober, Service
from mirrorsel.checker.rounds import Outside
from mirrorsel.checker.sample import Sample
from mirrorsel.model import Health, Mirror, Outcome, ProbeResult
from mirrorsel.net import Limits, Resolver, Span, resolve
from tests.mirror import at
from tests.threads import beside

LIMITS = Limits(timeout=0.3, deadline=1, private_addresses=True)
BOTH = at("127.0.0.1", "::1")
STAMP = "zzz/time.txt"


def prober(limits: Limits = LIMITS, *, resolve: Resolver = resolve) -> Prober:
    """Return how mirrors are probed here."""
    return Prober(stamp=STAMP, limits=limits, resolve=resolve)


def probe(url: str) -> ProbeResult:
    """Probe one mirror of which nothing is known."""
    return prober()(Mirror(url=url), Health())


def attempts(result: ProbeResult) -> list[tuple[int, Outcome]]:
    """Return the IP families that a probe has tried, with what came of it."""
    return [(one.family, one.outcome) for one in result.attempts]


@dataclass
class Fixed:
    """Knows one file, and whom it was asked about."""

    sample: Sample | None
    asked: Sequence[object] = ()

    def choose(self, mirror: Mirror, health: Health, stamp: datetime) -> Sample | None:
        """Return it."""
        self.asked = (mirror, health, stamp)
        return self.sample


@contextmanager
def checking(settings: Path, outside: Outside | None = None) -> Iterator[None]:
    """Run the checker until the context is left."""
    stop = threading.Event()
    service = Service(settings, stop=stop, step=0.01, outside=outside)
    with beside(service.run, end=stop.set):
        yield


def sample(path: str, content: bytes, span: Span | None = None) -> Sample:
    """Return what a mirror must have: a file, or the part of it in a span."""
    span = span or Span(0, len(content))
    part = content[span.start : span.start + span.length]
    return Sample(
        path=path,
        size=len(content),
        start=span.start,
        content=part,
        head=content[: span.length],
    )
