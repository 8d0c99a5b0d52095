"""Calls that are made again and again, though they may have a defect."""

import logging
from collections.abc import Callable

from mirrorsel.caught import Caught

_log = logging.getLogger(__name__)

_LONGEST = 60.0


class Supervisor:
    """Makes calls; a defect is logged with its traceback when it is new.

    Args:
        who: Who makes the calls, as the log has it.

    """

    pause: float
    """Seconds to wait before the next call: 0 after one that went well, then 1, 2, 4
    and so on after each defect, at most 60."""

    def __init__(self, who: str = "the checker") -> None:
        self._who = who
        self.pause = 0.0
        self._told = ""

    def call(self, work: Callable[[], bool]) -> bool:
        """Return what a call returns; False if it has a defect.

        What ends the process, such as SystemExit, is raised on.
        """
        done = False
        with Caught(Exception) as caught:
            done = work()
        if caught.error is not None:
            self._tell(caught.error)
            self.pause = min(max(2 * self.pause, 1.0), _LONGEST)
        elif done:
            # A call that had nothing to do does not show that the defect is gone.
            if self._told:
                _log.info("%s works again", self._who)
            self.pause, self._told = 0.0, ""
        return done

    def _tell(self, error: BaseException) -> None:
        text = repr(error)
        if text != self._told:
            message = "%s has a defect; it goes on after a pause"
            _log.error(message, self._who, exc_info=error)
        self._told = text
