"""The realm of the moment, kept up with the files that it is made of."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from mirrorsel.errors import InputError
from mirrorsel.geo import load_countries
from mirrorsel.selection.geography import Geography
from mirrorsel.web.files import Files
from mirrorsel.web.folders import Folders
from mirrorsel.web.past import Past
from mirrorsel.web.realm import Realm, make_geography, make_realm

_log = logging.getLogger("mirrorsel.web")

_PREPARING = 0.5
"""For so many seconds at most a new realm is made ready before it is used."""


class Live:
    """A realm that is always whole, whatever befalls its files.

    One thread may call `poll`; any may read `realm`.
    """

    realm: Realm
    """What requests read; replaced as a whole."""
    past: Past
    """What status pages and metrics read besides."""

    def __init__(
        self,
        settings_file: Path,
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[Path], None] = lambda _: None,
    ) -> None:
        """Read all files once; what cannot be used is reported and done without.

        Args:
            settings_file: The settings, which name the other files.
            clock: Seconds that only go forward.
            wait: Returns when a file is not in the midst of being written.

        """
        self._settings_file = settings_file
        self._clock = clock
        self._wait = wait
        self._countries = load_countries()
        self._folders = Folders()
        self._begin()

    def poll(self) -> bool:
        """Look at all files; return whether there is a new realm."""
        self.past.poll()
        changed = [one for one in self._files.watched() if one.poll()]
        bad = [one.error for one in changed if one.error]
        self._report(bad, "the last good version stays in force")
        if self._files.misplaced:
            self._begin()
            return True
        good = [one for one in changed if one.error is None]
        if any(self._files.shapes_geography(one) for one in good):
            self._geography = self._make_geography()
        if good:
            self.realm = self._prepared(self._make_realm())
        self._folders.look(self.realm.sources.settings)
        return bool(good)

    @property
    def list_errors(self) -> int:
        """How many errors the list has, as it is now."""
        return self._files.list_errors

    def follow(
        self,
        stop: threading.Event,
        every: float = 0.5,
        *,
        beside: Callable[[], None] = lambda: None,
    ) -> threading.Thread:
        """Poll in a thread of its own until `stop` is set, and do what else is due.

        Should a defect end it, the error log has the reason and another thread
        goes on: an edit must count, whatever an earlier one did.
        """

        def poll() -> None:
            while not stop.wait(every):
                self.poll()
                beside()

        def supervise() -> None:
            while not stop.is_set():
                worker = threading.Thread(target=poll, name="files", daemon=True)
                worker.start()
                worker.join()

        thread = threading.Thread(target=supervise, name="supervisor", daemon=True)
        thread.start()
        return thread

    def _begin(self) -> None:
        self._files = Files(self._settings_file, clock=self._clock, wait=self._wait)
        self._report(self._files.problems(), "it is done without for now")
        if instead := self._files.stand_in():
            _log.error("in place of the list of mirrors: %s", instead)
        self.past = Past(self._files.state, clock=self._clock)
        self._geography = self._make_geography()
        self.realm = self._make_realm()
        self._folders.look(self.realm.sources.settings)

    def _report(self, errors: Iterable[InputError], then: str) -> None:
        for error in errors:
            for problem in error.problems:
                _log.error("%s; %s", problem.at(error.path), then)

    def _prepared(self, realm: Realm) -> Realm:
        """Make a realm ready for the clients of the one before, as many as may be.

        Otherwise each first client of a place would wait for that.
        """
        end = self._clock() + _PREPARING
        latest = reversed(self.realm.index.geography.remembered)
        realm.index.prepare(latest, realm.named, lambda: self._clock() >= end)
        return realm

    def _make_geography(self) -> Geography:
        return make_geography(self._files.sources(self._countries), self._countries)

    def _make_realm(self) -> Realm:
        sources = self._files.sources(self._countries)
        tree = self._files.tree(self._geography)
        return make_realm(sources, self._geography, self._countries, tree)
