"""From what the checker saw to messages on their ways, one step at a time."""

import logging
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from mirrorsel.config import Settings
from mirrorsel.health import reference
from mirrorsel.model import Mirror, MirrorList, Snapshot
from mirrorsel.net import Limits
from mirrorsel.notify.context import Context
from mirrorsel.notify.desk import Desk
from mirrorsel.notify.event import Event, events
from mirrorsel.notify.outbox import PAUSES
from mirrorsel.notify.receiver import addresses
from mirrorsel.notify.record import Record
from mirrorsel.notify.sending import LIMITS, Sent, send
from mirrorsel.status import slugs

_log = logging.getLogger(__name__)


def _wall() -> datetime:
    return datetime.now(UTC)


def _make_name() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What is known of the world outside."""

    steady: Callable[[], float] = time.monotonic
    """Seconds that only go forward."""
    wall: Callable[[], datetime] = _wall
    """The clock on the wall."""
    make_name: Callable[[], str] = _make_name
    """Makes the name of a message, each another."""
    pages: Callable[[tuple[Mirror, ...]], Mapping[str, Mirror]] = slugs
    """Gives the mirrors by the last part of their pages' addresses."""
    limits: Limits = LIMITS
    """What one session with a mail server, or one post, may cost."""
    pauses: tuple[float, ...] = PAUSES
    """Seconds from one try of a message to the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Two snapshots between which something may have happened, and the list."""

    previous: Snapshot | None
    current: Snapshot
    mirrors: MirrorList


class Telling:
    """All that is to be told, and the way out.

    Args:
        means: The clocks, chance and the network.

    """

    def __init__(self, means: Means) -> None:
        self._means = means
        self._desk = Desk(means.make_name, means.pauses)
        self._news: News | None = None
        self._unaddressed: set[str] = set()

    def work(self, settings: Settings, news: News | None) -> float | None:
        """Take up news and send what is due; return when to work again at the latest.

        That is a moment of the steady clock, None if nothing waits.
        """
        if news is not None:
            self._news = news
            self._hear(settings, news)
        now = self._means.steady()
        due = self._desk.due(now, settings.notify)
        record = Record()
        limits = self._means.limits
        for sent in send(due, settings, self._context(settings), limits):
            self._take_note(sent, record)
        record.write()
        return self._desk.wakes(self._means.steady(), settings.notify)

    def _hear(self, settings: Settings, news: News) -> None:
        origin = settings.list.origin
        found = events(news.previous, news.current, origin, news.mirrors)
        if settings.notify.contacts:
            self._complain(found)
        listed = {origin, *(one.url for one in news.mirrors.mirrors)}
        self._desk.hear(found, listed, self._means.steady())

    def _complain(self, found: Iterable[Event]) -> None:
        """Log, once each, the mirrors whose contact cannot be told."""
        for event in found:
            mirror = event.mirror
            if mirror.contact is None or addresses(mirror.contact):
                continue
            if mirror.url not in self._unaddressed:
                self._unaddressed.add(mirror.url)
                text = "%s has no mail address in its contact: nobody there is told"
                _log.warning(text, mirror.url)

    def _take_note(self, sent: Sent, record: Record) -> None:
        bundle, failure = sent.bundle, sent.failure
        now = self._means.steady()
        if failure is None:
            had_failed = self._desk.succeeded(bundle.receiver, now)
            record.went_out(bundle, had_failed=had_failed)
        elif self._desk.failed(bundle.receiver, now, final=failure.final):
            record.gave_up(bundle, failure.words)
        elif self._desk.failures(bundle.receiver) == 1:
            record.failed(bundle, failure.words)

    def _context(self, settings: Settings) -> Context:
        news = self._news
        status_url = settings.notify.status_url
        pages = self._means.pages(news.mirrors.mirrors) if status_url and news else {}
        return Context(
            now=self._means.wall(),
            vantage=news.current.vantage if news else "",
            origin=settings.list.origin,
            policy=settings.health,
            reference=reference(news.current, None) if news else None,
            status_url=status_url,
            slugs={mirror.url: slug for slug, mirror in pages.items()},
        )
