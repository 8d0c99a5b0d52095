"""The search for new files on all mirrors that should get them."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice

from mirrorsel.cost import limits_of
from mirrorsel.model import Mirror, Presence, PublishedFile
from mirrorsel.scanning.host import host_of
from mirrorsel.scanning.jobs import Jobs
from mirrorsel.scanning.ledger import Ledger
from mirrorsel.scanning.look import Looked, look_at
from mirrorsel.scanning.search import (
    MOST,
    Carried,
    Search,
    looked_for,
    renewed,
    sought,
)
from mirrorsel.scanning.view import View, pause_of
from mirrorsel.tree import FileIndex

_log = logging.getLogger(__name__)

_JOBS = 8
# Of so many new files no mirror is asked one by one.
_NEWEST = 10_000


class Newcomers:
    """The looks under way, and what is made of what they see.

    Args:
        ledger: Where it is written down.
        scan: Asks for a whole scan of a mirror that has got many new files.
        stop: Ends all looks.
        now: Seconds of Unix time.

    """

    def __init__(
        self,
        ledger: Ledger,
        scan: Callable[[str], None],
        stop: threading.Event,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._ledger = ledger
        self._scan = scan
        self._stop = stop
        self._now = now
        self._jobs: Jobs[tuple[str, bool, Looked]] = Jobs()
        self._searches: dict[str, Search] = {}

    def take_ends(self) -> None:
        """Take up what has ended."""
        for end in self._jobs.ends():
            if end.result is not None:
                self._take(*end.result)
            elif end.error is not None:
                _log.error("the look at %s has a defect", end.url, exc_info=end.error)

    def start(self, view: View, files: FileIndex) -> None:
        """Start what is due."""
        holders, now = self._ledger.holders, self._now()
        newest, mirrors = files.highest(), view.by_url
        known = {url: mirrors[url] for url in holders.mirrors if url in mirrors}
        self._searches = {
            url: renewed(self._searches.get(url), newest, now) for url in known
        }
        for url, search in self._searches.items():
            mirror, host = known[url], host_of(known[url])
            ready = search.at <= now and len(self._jobs) < _JOBS
            if ready and host not in self._jobs.hosts and self._is_asked(view, mirror):
                self._begin(view, files, mirror, search.after_look(now))

    def _is_asked(self, view: View, mirror: Mirror) -> bool:
        return view.is_up(mirror) and mirror.url not in self._ledger.holders.waiting

    def _begin(
        self, view: View, files: FileIndex, mirror: Mirror, search: Search
    ) -> None:
        self._searches[mirror.url] = search
        wanted = self._sought(files, mirror)
        if not wanted:
            return
        work = partial(
            look_at,
            mirror,
            looked_for(wanted),
            limits_of(view.settings.checker),
            pause_of(view.settings),
            self._stop,
        )
        lineage, many = files.about.lineage, len(wanted) > MOST
        self._jobs.start(mirror.url, host_of(mirror), lambda: (lineage, many, work()))

    def _sought(self, files: FileIndex, mirror: Mirror) -> Sequence[PublishedFile]:
        holders = self._ledger.holders
        first, _ = holders.reached.get(mirror.url, (0, 0))
        carries = Carried(files, holders, mirror)
        new = islice(files.files(first), _NEWEST)
        return sought(holders, mirror.url, new, carries)

    def _take(self, lineage: str, many: bool, looked: Looked) -> None:  # noqa: FBT001 - as it ended
        holders = self._ledger.holders
        if lineage != holders.lineage or looked.url not in holders.mirrors:
            return
        changed = {
            number: presence
            for number, presence in looked.found.items()
            if holders.presence(looked.url, number) is not presence
        }
        if not changed:
            return
        self._ledger.holders = holders.with_arrivals(looked.url, changed)
        arrived = sum(one is Presence.HELD for one in changed.values())
        if arrived:
            _log.info("%s has got %d new files", looked.url, arrived)
        if arrived and many:
            self._scan(looked.url)
