"""The checker's life: a cycle each period until it is told to end."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from mirrorsel.checker.clock import Jumps
from mirrorsel.checker.desired import Desired
from mirrorsel.checker.index_keeper import IndexKeeper
from mirrorsel.checker.records import Records
from mirrorsel.checker.rounds import Outside, Rounds
from mirrorsel.checker.supervisor import Supervisor
from mirrorsel.checker.turn import Turn
from mirrorsel.config import Settings, read_settings
from mirrorsel.scanning.service import Scans
from mirrorsel.state import SETTLE, Lock, StateFolder, Watched, await_stillness
from mirrorsel.state.files import forget_unfinished
from mirrorsel.state.starts import Starts

_log = logging.getLogger(__name__)

# How often the settings and the list are looked at; both count within 5 s.
_STEP = 1.0
# The names in messages of the file that counts starts, and of its folder.
_STARTS = "the count of starts"
_UNFINISHED = "the state folder"


def run(settings_file: Path) -> None:
    """Check mirrors for as long as the process lives.

    It ends by SystemExit, which SIGTERM raises under mod_wsgi and in
    `mirrorsel checker`; probes that hang do not hold it.

    Args:
        settings_file: The path of mirrorsel.toml.

    """
    Service(settings_file, wait=await_stillness).run()


class Service:
    """One life of the checker.

    Args:
        settings_file: The path of mirrorsel.toml, which is watched.
        stop: Ends the life between two cycles.
        step: Seconds between two looks at the files.
        outside: The clocks, chance and the network.
        wait: Returns when a file is not in the midst of being written.

    """

    def __init__(
        self,
        settings_file: Path,
        *,
        stop: threading.Event | None = None,
        step: float = _STEP,
        outside: Outside | None = None,
        wait: Callable[[Path], None] = lambda _: None,
    ) -> None:
        self._file = settings_file
        self._stop = stop or threading.Event()
        self._step = step
        self._outside = outside or Outside()
        self._wait = wait

    def run(self) -> None:
        """Live: wait for settings, pause after failed starts, then do cycles."""
        clock = self._outside.steady
        self._wait(self._file)
        settings = Watched(self._file, read_settings, settle=SETTLE, clock=clock)
        first = self._first(settings)
        if first is None:
            return
        folder = StateFolder(first.state_folder)
        records = Records(folder)
        with Lock(folder.lock) as lock:
            turn = Turn(lock)
            while not turn.has_come():
                if self._stop.wait(self._step):
                    return
            self._live(settings, first, records, turn)

    def _live(
        self, settings: Watched[Settings], first: Settings, records: Records, turn: Turn
    ) -> None:
        folder = StateFolder(first.state_folder)
        starts = Starts(folder.starts)
        records.attempt(_UNFINISHED, lambda: forget_unfinished(folder.path))
        scans = Scans(folder, step=self._step)
        keeper = IndexKeeper(lambda: settings.value, folder, step=self._step)
        try:
            self._pause(starts, records)
            rounds = self._rounds(settings, first, records, scans)
            jumps = Jumps(self._outside.wall, self._outside.steady)
            supervisor = Supervisor()
            while not self._stop.is_set():
                # Asked each time: without the folder there was no lock to hold.
                if turn.has_come() and supervisor.call(rounds.tick):
                    records.attempt(_STARTS, starts.succeed)
                if turn.is_ours:
                    keeper.start()
                _tell(jumps.look())
                self._stop.wait(max(self._step, supervisor.pause))
        except SystemExit:
            # Being told to end is no failure, however short the life was.
            records.attempt(_STARTS, starts.succeed)
            raise
        finally:
            scans.close()
            keeper.end()

    def _first(self, settings: Watched[Settings]) -> Settings | None:
        if settings.error is not None:
            _log.error("%s\nwaiting for settings that can be used", settings.error)
        while settings.value is None and not self._stop.wait(self._step):
            if settings.poll() and settings.error is not None:
                _log.error("%s", settings.error)
        return settings.value

    def _pause(self, starts: Starts, records: Records) -> None:
        pause = starts.pause
        records.attempt(_STARTS, starts.begin)
        if pause:
            text = "the last start ended before a cycle did; waiting %g s"
            _log.warning(text, pause)
            self._stop.wait(pause)

    def _rounds(
        self,
        settings: Watched[Settings],
        first: Settings,
        records: Records,
        scans: Scans,
    ) -> Rounds:
        last_good = StateFolder(first.state_folder).last_good_list
        clock = self._outside.steady
        self._wait(first.list_file)
        desired = Desired(first.list_file, last_good, records, clock=clock)
        return Rounds(settings, desired, records, self._outside, scans)


def _tell(jump: float | None) -> None:
    if jump is not None:
        _log.warning("the clock was set by %+.0f s", jump)
