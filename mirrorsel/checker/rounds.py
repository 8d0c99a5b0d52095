"""The cycles of one life of the checker, with the files that steer them."""

import logging
from collections.abc import Callable

from mirrorsel.checker.cycle import Plan, run_cycle
from mirrorsel.checker.desired import Desired
from mirrorsel.checker.probe import Prober
from mirrorsel.checker.publisher import Publisher
from mirrorsel.checker.records import Records
from mirrorsel.checker.report import Report
from mirrorsel.config import Settings
from mirrorsel.notify import Notifier
from mirrorsel.state import Watched

_log = logging.getLogger(__name__)


class Rounds:
    """The cycles, one each period.

    Args:
        settings: The settings file, which has been usable once.
        desired: The list in force.
        records: Where the results go.
        clock: Seconds that only go forward.
        shuffle: Puts the mirrors into the order in which they are probed.

    """

    def __init__(
        self,
        settings: Watched[Settings],
        desired: Desired,
        records: Records,
        *,
        clock: Callable[[], float],
        shuffle: Callable[[list[str]], None],
    ) -> None:
        self._settings = settings
        self._desired = desired
        self._records = records
        self._clock = clock
        self._shuffle = shuffle
        self._report = Report()
        self._notifier = Notifier()
        self._publisher = Publisher(records)
        self._kept = records.watch_snapshot()
        self._snapshot = self._kept.value
        self._due = clock()
        self._idle = False

    def tick(self) -> bool:
        """Look at the files, and do a cycle if one is due; return whether it was."""
        if self._settings.poll() and self._settings.error is not None:
            _log.error("%s\nthe settings in force stay", self._settings.error)
        self._desired.poll()
        settings = self._settings.value
        if settings is None:
            return False
        self._notifier.heed(settings)
        due = self._is_due(settings)
        # Before a cycle too, which may take long: an edit counts at once.
        self._publish(settings)
        if due:
            self._due = self._clock() + settings.checker.period
            self._cycle(settings)
            self._publish(settings)
        return due

    def _publish(self, settings: Settings) -> None:
        origin = settings.list.origin
        self._publisher.publish(self._desired.mirrors, self._snapshot, origin)

    def _is_due(self, settings: Settings) -> bool:
        idle = not settings.checker.enabled
        if idle and not self._idle:
            _log.info("the checker is off in the settings: nothing is probed here")
        self._idle = idle
        if idle and self._kept.poll():
            # One that was copied in from where mirrors are probed.
            self._snapshot = self._kept.value
        return not idle and self._clock() >= self._due

    def _cycle(self, settings: Settings) -> None:
        cycle = run_cycle(
            self._snapshot,
            Plan.of(settings, self._desired.mirrors),
            Prober.of(settings.checker),
            shuffle=self._shuffle,
        )
        previous, self._snapshot = self._snapshot, cycle.snapshot
        self._records.keep_cycle(cycle)
        self._report.cycle(cycle)
        self._notifier.tell(previous, cycle.snapshot, self._desired.mirrors)
