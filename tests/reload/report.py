"""What was seen of files that were replaced under fire."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.reload.looks import PROOF
from tests.reload.shooter import WINDOWS, Seen

AGREE = 5.0
"""Within so many seconds every process must know a file, and the published list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One replacement of one file."""

    name: str
    version: int
    began: float
    installed: float
    """When the new version was whole."""
    agreed: float
    """When all answers were of it; infinite if they were not in time."""
    file: str
    """Which file: `list`, `settings` or `snapshot`."""

    @property
    def seconds(self) -> float:
        """How long it took until all answers were of it."""
        return self.agreed - self.installed


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All of it."""

    rounds: tuple[Round, ...]
    seen: tuple[Seen, ...]
    complaints: tuple[str, ...]
    """What else was wrong."""
    hammered: str
    """What wrk says of its part, which looks at no answer; empty without it."""
    workers: int
    """How many processes have answered."""
    began: float
    ended: float

    @property
    def answers(self) -> int:
        """How many answers were looked at."""
        return sum(one.answers for one in self.seen)

    @property
    def rate(self) -> float:
        """Answers per second."""
        return self.answers / (self.ended - self.began)

    @property
    def faults(self) -> tuple[str, ...]:
        """All that no answer may be, and what was late."""
        failed = (fault for one in self.seen for fault in one.faults)
        return (*failed, *self.complaints, *self._late())

    def slowest(self, start: float, end: float) -> float:
        """Return how many seconds the slowest answer of a time took."""
        first, last = int(start * WINDOWS), int(end * WINDOWS)
        return max(
            (
                took
                for one in self.seen
                for window, took in one.slowest.items()
                if first <= int(window) <= last
            ),
            default=0.0,
        )

    def lines(self) -> Iterator[str]:
        """Yield the report for a person."""
        yield (
            f"{self.answers:,} answers, {self.rate:,.0f} a second,"
            f" of {self.workers} processes; the slowest took"
            f" {1000 * self.slowest(self.began, self.ended):.0f} ms"
        )
        if self.hammered:
            yield f"besides, {self.hammered}"
        for one in self.rounds:
            slowest = 1000 * self.slowest(one.began, min(one.agreed, self.ended))
            yield (
                f"  {one.file:8} {one.name:42} all knew it after {one.seconds:4.1f} s,"
                f" the slowest answer took {slowest:4.0f} ms"
            )
        faults = self.faults
        yield f"faults: {len(faults)}"
        yield from (f"  {one}" for one in faults[:50])

    def _late(self) -> Iterator[str]:
        """Yield each version that was still seen when its successor was 5 s old."""
        for one in self.rounds:
            if one.seconds > AGREE:
                yield f"{one.name}: not all knew it after {AGREE:g} s"
            for path, version, last in self._answers():
                shows = "settings" if path == PROOF else "list"
                old = shows == one.file and version < one.version
                if old and last > one.installed + AGREE:
                    late = last - one.installed
                    yield f"{one.name}: {path} was version {version} after {late:.1f} s"

    def _answers(self) -> Iterator[tuple[str, int, float]]:
        for one in self.seen:
            for path, known in one.last.items():
                for version, last in known.items():
                    yield path, int(version), last
