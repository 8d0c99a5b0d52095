"""What of the index is told to the log: what is new, and each thing once."""

import logging
from dataclasses import dataclass, field

from mirrorsel.indexing.omission import UNREADABLE, WORDS, Omission
from mirrorsel.indexing.standing import IndexStanding
from mirrorsel.printable import printable

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Telling:
    """Tells of rounds, and remembers what was told."""

    _omitted: set[Omission] = field(default_factory=set)
    _disputed: dict[str, str] = field(default_factory=dict)
    _lost: bool = False
    _problem: str = ""

    def tell(self, standing: IndexStanding) -> None:
        """Tell what is new in the way that the index stands."""
        if standing.problem:
            self.fail(standing.problem)
            return
        if self._problem:
            _log.info("the index is kept again")
            self._problem = ""
        self._tell_omissions(standing)
        self._tell_disputes(standing)
        self._tell_loss(standing)

    def fail(self, problem: str) -> None:
        """Tell why there is no round, if that is new."""
        if problem != self._problem:
            _log.error("%s; the last edition of the index stands", problem)
        self._problem = problem

    def _tell_omissions(self, standing: IndexStanding) -> None:
        for why, count in standing.left_out.items():
            if why in self._omitted:
                continue
            paths = [one.path for one in standing.examples if one.why is why]
            first = printable(paths[0]) if paths else ""
            level = logging.WARNING if why in UNREADABLE else logging.INFO
            text = "left out of the index, as they are %s: %d, such as %s"
            _log.log(level, text, WORDS[why], count, first)
        # What is back after it was mended is told again.
        self._omitted = set(standing.left_out)

    def _tell_disputes(self, standing: IndexStanding) -> None:
        now = {one.path: one.why for one in standing.disputed_files}
        for path, why in now.items():
            if self._disputed.get(path) != why:
                text = "%s is disputed, and no hash of it handed out: %s"
                _log.error(text, printable(path), printable(why))
        for path in self._disputed.keys() - now.keys():
            _log.info("%s is disputed no more", printable(path))
        self._disputed = now

    def _tell_loss(self, standing: IndexStanding) -> None:
        lost = standing.lost is not None
        if lost and not self._lost:
            _log.error(
                "%s: more than half of the published files is gone (%d of %d is left);"
                " is it mounted? The index keeps them all; if it was meant, see"
                " `mirrorsel files index --accept-loss`",
                standing.root,
                standing.files,
                standing.files + standing.gone,
            )
        elif self._lost and not lost:
            _log.info("%s: what was gone is back, or forgotten", standing.root)
        self._lost = lost
