"""The thread that tells people, beside the checker and never in its way."""

import logging
import threading
from dataclasses import dataclass, field
from multiprocessing.pool import ThreadPool

from mirrorsel.config import Settings
from mirrorsel.model import MirrorList, Snapshot
from mirrorsel.notify.receiver import tells_anybody
from mirrorsel.notify.telling import Means, News, Telling

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Inbox:
    """What the checker has left for the thread."""

    settings: Settings | None = None
    news: News | None = None
    """What was not taken yet, as one: it never grows, and nothing is lost."""
    ended: bool = False
    changed: threading.Condition = field(default_factory=threading.Condition)


class Notifier:
    """Tells people of what cycles changed, in a daemon thread of its own.

    The thread starts when somebody is to be told; nothing waits for it at the end
    of the process, so that messages which have not gone out by then are lost.
    """

    def __init__(self, means: Means | None = None) -> None:
        self._means = means or Means()
        self._inbox = _Inbox()
        self._thread: threading.Thread | None = None
        self._telling = Telling(self._means)

    def heed(self, settings: Settings) -> None:
        """Go by these settings from now on, for messages under way too."""
        inbox = self._inbox
        if inbox.settings is not settings:
            with inbox.changed:
                inbox.settings = settings
                inbox.changed.notify()

    def tell(
        self, previous: Snapshot | None, current: Snapshot, mirrors: MirrorList
    ) -> None:
        """Have people told of what is different; it neither waits nor fails."""
        inbox = self._inbox
        if inbox.settings is None or not tells_anybody(inbox.settings.notify):
            return
        self._start()
        with inbox.changed:
            start = inbox.news.previous if inbox.news else previous
            inbox.news = News(previous=start, current=current, mirrors=mirrors)
            inbox.changed.notify()

    def close(self, seconds: float = 1.0) -> None:
        """End the thread, waiting a moment for what it does just now."""
        with self._inbox.changed:
            self._inbox.ended = True
            self._inbox.changed.notify()
        if self._thread is not None:
            self._thread.join(seconds)

    def _start(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            return
        thread = threading.Thread(
            target=self._live, name="mirrorsel-notify", daemon=True
        )
        try:
            thread.start()
        except RuntimeError as error:
            # The machine has no thread to give; the next change asks again.
            _log.error("nobody can be told of changes: %s", error)
        else:
            self._thread = thread

    def _live(self) -> None:
        wake: float | None = None
        known: Settings | None = None
        while (taken := self._take(wake, known)) is not None:
            known, _ = taken
            # Its threads are daemons too: a server that hangs must not hold the end of
            # the process.
            with ThreadPool(1) as pool:
                work = pool.apply_async(
                    self._telling.work, taken, error_callback=_log_defect
                )
                work.wait()
                if work.successful():
                    wake = work.get()
                else:
                    # What led to the defect would lead to it again.
                    wake, self._telling = None, Telling(self._means)

    def _take(
        self, wake: float | None, known: Settings | None
    ) -> tuple[Settings, News | None] | None:
        """Wait until there is something to do; return it, None at the end.

        Args:
            wake: When there is, at the latest.
            known: The settings of the last time; others are something to do.

        """
        inbox = self._inbox
        with inbox.changed:
            patience = None if wake is None else max(wake - self._means.steady(), 0)
            inbox.changed.wait_for(
                lambda: inbox.ended or inbox.news or inbox.settings is not known,
                patience,
            )
            if inbox.ended or inbox.settings is None:
                return None
            news, inbox.news = inbox.news, None
            return inbox.settings, news


def _log_defect(error: BaseException) -> None:
    _log.error("telling people has a defect; it begins anew", exc_info=error)
