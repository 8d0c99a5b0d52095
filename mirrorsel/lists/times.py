"""Times in a list, which are seconds since 1970 or a date in words."""

import re
from datetime import UTC, datetime, timedelta

_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_START = datetime(1970, 1, 1, tzinfo=UTC)
# Any stamp beyond it, such as one in milliseconds, is a mistake.
_LATEST = 2**33
_HEADER = re.compile(r"#\s*date\s*:", re.IGNORECASE)
_DATE = re.compile(
    r"(?:[A-Za-z]{3}\s+)?(?P<month>[A-Za-z]{3})\s+(?P<day>\d{1,2})"
    r"\s+(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)\s+(?P<year>\d{4})"
    r"(?:\s*\[?(?:UTC|GMT)\]?)?",
    re.ASCII,
)


def instant(seconds: float) -> datetime | None:
    """Return seconds since 1970 as a time in UTC; None if no tree can be that old."""
    if not 0 < seconds < _LATEST:
        return None
    return _START + timedelta(seconds=seconds)


def header_date(line: str) -> str | None:
    """Return what a line ``# date : …`` says, None if it is another line."""
    header = _HEADER.match(line)
    return line[header.end() :].strip() if header else None


def read_date(text: str) -> datetime:
    """Return the time of a header such as ``Wed Sep  2 09:49:53 2015 [UTC]``.

    The names of days and months are English whatever the locale.

    Raises:
        ValueError: it is no such time.

    """
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, day, hour, minute, second = (
        int(match[name]) for name in ("year", "day", "hour", "minute", "second")
    )
    month = _MONTHS.index(match["month"].capitalize()) + 1
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def write_date(time: datetime) -> str:
    """Return a time as `read_date` reads it, in UTC and whole seconds."""
    time = time.astimezone(UTC)
    day, month = _DAYS[time.weekday()], _MONTHS[time.month - 1]
    return f"{day} {month} {time.day:2} {time:%H:%M:%S} {time.year:04} [UTC]"
