"""The cycles of one life of the checker, with the files that steer them."""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from mirrorsel.checker.canary import Canary
from mirrorsel.checker.cycle import due, run_cycle
from mirrorsel.checker.desired import Desired
from mirrorsel.checker.inquiry import Means, Probe
from mirrorsel.checker.making import Probers
from mirrorsel.checker.plan import Plan
from mirrorsel.checker.pool import Pool
from mirrorsel.checker.publisher import Publisher
from mirrorsel.checker.records import Records
from mirrorsel.checker.report import Report
from mirrorsel.config import Settings
from mirrorsel.cost import limits_of
from mirrorsel.notify import Notifier
from mirrorsel.scanning.service import Scans
from mirrorsel.scanning.view import View
from mirrorsel.state import Watched

_log = logging.getLogger(__name__)

# Mirrors that are due within that many seconds are probed in one cycle.
_GATHER = 30.0
_GATHER_SHARE = 0.1


def _wall() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What the rounds know of the world outside of their files."""

    steady: Callable[[], float] = time.monotonic
    """Seconds that only go forward."""
    shuffle: Callable[[list[str]], None] = random.shuffle
    """Puts URLs into the order in which they are asked."""
    wall: Callable[[], datetime] = _wall
    """The clock on the wall, which may be set."""
    prober: Callable[[Settings], Probe] = field(default_factory=Probers)
    """Makes what probes a mirror."""
    pool: Pool = field(default_factory=Pool)


class Rounds:
    """The cycles: several small ones a period, each of the mirrors that are due.

    Args:
        settings: The settings file, which has been usable once.
        desired: The list in force.
        records: Where the results go.
        outside: The clocks, chance and the network.
        scans: What scans the mirrors; None for nothing.

    """

    def __init__(
        self,
        settings: Watched[Settings],
        desired: Desired,
        records: Records,
        outside: Outside,
        scans: Scans | None = None,
    ) -> None:
        self._settings = settings
        self._desired = desired
        self._records = records
        self._outside = outside
        self._report = Report()
        self._notifier = Notifier()
        self._scans = scans
        self._publisher = Publisher(records)
        self._kept = records.watch_snapshot()
        self._snapshot = self._kept.value
        self._last: float | None = None
        self._idle = False

    def tick(self) -> bool:
        """Look at the files, and do a cycle if one is due; return whether it was."""
        settings = self._look()
        if settings is None:
            return False
        self._notifier.heed(settings)
        plan = Plan.of(settings, self._desired.mirrors)
        wanted = self._is_on(settings) and self._is_time(settings, plan)
        # Before a cycle too, and each second of it: an edit counts at once.
        self._publish(settings)
        if wanted:
            self._cycle(settings, plan)
            self._publish(self._settings.value or settings)
        return wanted

    def _look(self) -> Settings | None:
        """Look at the files; return the settings in force."""
        if self._settings.poll() and self._settings.error is not None:
            _log.error("%s\nthe settings in force stay", self._settings.error)
        self._desired.poll()
        return self._settings.value

    def _keep_up(self) -> None:
        """Publish what is edited during a cycle, which may take minutes."""
        settings = self._look()
        if settings is not None:
            self._publish(settings)

    def _publish(self, settings: Settings) -> None:
        origin, mirrors = settings.list.origin, self._desired.mirrors
        self._publisher.publish(mirrors, self._snapshot, origin)
        if self._scans is not None:
            known = self._snapshot
            self._scans.heed(View(settings=settings, mirrors=mirrors, snapshot=known))

    def _is_on(self, settings: Settings) -> bool:
        idle = not settings.checker.enabled
        if idle and not self._idle:
            _log.info("the checker is off in the settings: nothing is probed here")
        self._idle = idle
        if idle and self._kept.poll():
            # One that was copied in from where mirrors are probed.
            self._snapshot = self._kept.value
        return not idle

    def _is_time(self, settings: Settings, plan: Plan) -> bool:
        if self._last is not None:
            waited = self._outside.steady() - self._last
            if waited < self._pause(settings):
                return False
        return bool(due(self._snapshot, plan, self._outside.wall()))

    def _pause(self, settings: Settings) -> float:
        """Return the seconds from the end of a cycle to the next, at the least."""
        checker = settings.checker
        if self._snapshot is not None and self._snapshot.frozen:
            return min(checker.retry, checker.period)
        return min(_GATHER, checker.period * _GATHER_SHARE)

    def _cycle(self, settings: Settings, plan: Plan) -> None:
        try:
            self._run(settings, plan)
        finally:
            # After a defect too, so that it is not met again at once.
            self._last = self._outside.steady()

    def _run(self, settings: Settings, plan: Plan) -> None:
        outside = self._outside
        means = Means(
            canary=Canary(limits=limits_of(settings.checker)),
            pool=outside.pool,
            shuffle=outside.shuffle,
            now=outside.wall,
            meanwhile=self._keep_up,
        )
        probe = outside.prober(settings)
        cycle = run_cycle(self._snapshot, plan, probe, means)
        previous, self._snapshot = self._snapshot, cycle.snapshot
        self._records.keep_cycle(cycle)
        self._report.cycle(cycle)
        self._notifier.tell(previous, cycle.snapshot, plan.mirrors)
