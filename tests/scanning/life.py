"""Lives of a checker, as far as scans go, with mirrors that are up or out."""

import threading
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime

from mirrorsel.config import Settings
from mirrorsel.model import Health, Mirror, MirrorList, Snapshot, State
from mirrorsel.scanning.view import View
from mirrorsel.scanning.work import Work
from mirrorsel.state import StateFolder
from mirrorsel.state.holders import read_holders

NOW = 1_795_000_000.0
"""Seconds of Unix time, a minute before the present of each life."""


class Life:
    """One life of the checker, for some mirrors.

    Args:
        state: The state folder.
        urls: The mirrors.
        up_since: When they came up, in seconds of Unix time.
        jobs: How many are scanned at once.

    """

    def __init__(
        self, state: StateFolder, *urls: str, up_since: float = NOW - 1, jobs: int = 4
    ) -> None:
        settings = Settings(folder=state.path.parent)
        self._settings = replace(
            settings,
            checker=replace(settings.checker, private_addresses=True),
            tree=replace(settings.tree, index="origin", scan_rate=1000, scan_jobs=jobs),
        )
        self._urls = urls
        self._since = datetime.fromtimestamp(up_since, UTC)
        self._state = state
        self._stop = threading.Event()
        self._work = Work(state, self._stop, lambda: NOW + 60)

    def step(
        self, *, up: Collection[str] | None = None, out: Collection[str] = ()
    ) -> set[str]:
        """Do one step; return who was scanned and waits for no other scan.

        Args:
            up: Who is believed to work; by default all that are not out.
            out: Who is down.

        """
        now = datetime.fromtimestamp(NOW, UTC)
        states = {
            **dict.fromkeys(self._urls if up is None else up, State.UP),
            **dict.fromkeys(out, State.DOWN),
        }
        health = {
            url: Health(state=one, checked=now, since=self._since)
            for url, one in states.items()
        }
        mirrors = MirrorList(mirrors=tuple(Mirror(url=one) for one in self._urls))
        snapshot = Snapshot(taken=now, health=health)
        self._work.step(
            View(settings=self._settings, mirrors=mirrors, snapshot=snapshot)
        )
        if not self._state.holders.exists():
            return set()
        known = read_holders(self._state.holders)
        return set(known.scanned) - known.waiting

    def end(self) -> None:
        """End all scans."""
        self._stop.set()
