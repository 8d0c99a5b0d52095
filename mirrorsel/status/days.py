"""The hours of a mirror's past, put together to days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mirrorsel.health.history import History, Mark

DAYS = 14
_HOURS = 24
_WORST = (Mark.DOWN, Mark.STALE, Mark.UP, Mark.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of a mirror."""

    date: date
    """In UTC."""
    mark: Mark
    """The worst that was believed of it on that day."""
    bad: int
    """How many hours had that mark, if it is DOWN or STALE."""


def days(history: History | None, url: str, now: datetime) -> tuple[Day, ...]:
    """Return the last days of a mirror, oldest first, today as the last one."""
    marks = dict(_hours(history, url)) if history else {}
    today = now.date()
    dates = (today - timedelta(days=back) for back in reversed(range(DAYS)))
    return tuple(_day(one, marks.get(one, "")) for one in dates)


def _hours(history: History, url: str) -> Iterator[tuple[date, str]]:
    """Yield each day with the marks of its hours, the last day first."""
    track = history.tracks.get(url)
    rest = track.hours if track else ""
    day, size = history.hour.date(), history.hour.hour + 1
    while rest:
        yield day, rest[-size:]
        rest, day, size = rest[:-size], day - timedelta(days=1), _HOURS


def _day(day: date, hours: str) -> Day:
    mark = next((one for one in _WORST if one in hours), Mark.UNSEEN)
    bad = hours.count(mark) if mark in {Mark.DOWN, Mark.STALE} else 0
    return Day(date=day, mark=mark, bad=bad)
