"""The writer of an index, round by round."""

import math
from collections.abc import Callable

from mirrorsel.config import Settings
from mirrorsel.cost import limits_of
from mirrorsel.errors import MirrorselError
from mirrorsel.indexing.clocks import Clocks
from mirrorsel.indexing.database import failure
from mirrorsel.indexing.edition import forget_unfinished
from mirrorsel.indexing.folder_round import FolderRound
from mirrorsel.indexing.means import Means
from mirrorsel.indexing.origin_round import OriginRound
from mirrorsel.indexing.outcome import RoundOutcome
from mirrorsel.indexing.pace import Ended, Pace
from mirrorsel.indexing.progress import Progress
from mirrorsel.indexing.publisher import Publisher
from mirrorsel.indexing.reporter import Reporter
from mirrorsel.indexing.standing import IndexStanding
from mirrorsel.indexing.store import Store
from mirrorsel.indexing.wanted import root_of
from mirrorsel.state import StateFolder

# Readers have other accounts; nobody else writes in it.
_MODE = 0o755
# How long the origin is left alone, by the time that looking at it takes.
_TIMES = 10
# What is new need not wait longer than that for large files that are read.
_LONGEST = 900.0


class Indexer:
    """The only writer of an index, which holds the lock of the state folder.

    Args:
        settings: What the index is to be of.
        state: Where it is kept.
        pace: When to rest, and when to end.
        at_once: Whether each round is published, however soon after the last one.
        tell: Told often how far a round has come.
        clocks: What tells the time.

    Raises:
        StateError: it cannot be opened.

    """

    def __init__(  # noqa: PLR0913 - the last three have defaults
        self,
        settings: Settings,
        state: StateFolder,
        pace: Pace,
        *,
        at_once: bool = False,
        tell: Callable[[Progress], None] = lambda _: None,
        clocks: Clocks | None = None,
    ) -> None:
        self._at_once = at_once
        self._is_behind = False
        self._goes_on = False
        self._clocks = clocks or Clocks()
        hashed, root = settings.tree.index == "folder", root_of(settings)
        _prepare(state)
        self._reporter = Reporter(state.indexed, root, tell, self._clocks)
        store = Store(state.work, root, stopped=pace.is_over)
        publisher = Publisher(store, state.files, hashed=hashed, clocks=self._clocks)
        self._means = Means(
            store=store,
            publisher=publisher,
            pace=pace,
            tell=self._reporter.progress,
            clocks=self._clocks,
        )

    def close(self) -> None:
        """Let go of the index."""
        self._means.store.close()

    def pause(self, settings: Settings, standing: IndexStanding) -> float:
        """Return the seconds until the next round, after one that went so.

        The origin is left alone for most of the time; a round that left files to be
        read is gone on with at once.
        """
        tree = settings.tree
        if self._goes_on:
            return 0.0
        if tree.index == "origin":
            return max(tree.index_period, _TIMES * standing.seconds)
        return tree.index_period

    def catch_up(self) -> None:
        """Publish what the last round could not, since editions follow at a distance.

        Raises:
            StateError: it cannot be written.

        """
        if self._is_behind:
            self._is_behind = not self._means.publisher.publish()

    def round(self, settings: Settings, *, accept: bool = False) -> IndexStanding:
        """Bring the index up to date, and return how it stands.

        Args:
            settings: Those in force, which want an index of the same tree.
            accept: Whether to believe at once that most files are gone.

        Raises:
            Ended: the work is to end.

        """
        began = self._clocks.steady()
        try:
            outcome = self._look(settings, accept=accept)
            published = self._means.publisher.publish(at_once=self._at_once)
            checked = self._means.publisher.checked
        except MirrorselError as error:
            if self._means.pace.is_over():
                # What was under way was given up for that.
                raise Ended from error
            return self._reporter.fail(error)
        self._is_behind = not published
        self._goes_on = outcome.left > 0
        seconds = self._clocks.steady() - began
        return self._reporter.finish(outcome, checked, seconds)

    def _look(self, settings: Settings, *, accept: bool) -> RoundOutcome:
        tree, means = settings.tree, self._means
        folder = settings.tree_folder
        if folder is None or tree.index == "origin":
            url, limits = settings.list.origin, limits_of(settings.checker)
            by_url = OriginRound(url, limits, tree.scan_rate, means, accept=accept)
            return by_url.run()
        seconds = math.inf if self._at_once else _LONGEST
        return FolderRound(
            folder, tree.pieces_from, means, accept=accept, seconds=seconds
        ).run()


def _prepare(state: StateFolder) -> None:
    try:
        state.index.mkdir(parents=True, exist_ok=True)
        state.index.chmod(_MODE)
    except OSError as error:
        raise failure(state.index, error) from error
    for one in (state.files, state.indexed):
        forget_unfinished(one)
