"""Dates of files, as servers write them, in seconds of Unix time.

A date without a time zone is taken for UTC, which is right of some servers only.
"""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_NAMES = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTHS = _NAMES.split("|")
# httpd, nginx and lighttpd in turn; the last is ISO 8601 too.
DATE = re.compile(
    rf"\b(?:(?P<day>[0-9]{{1,2}})-(?P<month>{_NAMES})-(?P<year>[0-9]{{4}})"
    rf"|(?P<year2>[0-9]{{4}})-(?P<month2>{_NAMES}|[0-9]{{2}})-(?P<day2>[0-9]{{2}}))"
    r"[ T](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?Z?",
    re.IGNORECASE,
)
_STAMP = re.compile(r"(?P<digits>[0-9]{14})(?:\.[0-9]{1,9})?")
_OF_LIST = re.compile(
    rf"(?P<month>{_NAMES}) +(?P<day>[0-9]{{1,2}}) +"
    r"(?:(?P<year>[0-9]{4})|(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2}))",
    re.IGNORECASE,
)


def of_match(found: re.Match[str]) -> int | None:
    """Return the moment that `DATE` has found; None for the 31st of February."""
    year = found["year"] or found["year2"]
    month = (found["month"] or found["month2"]).lower()
    day = found["day"] or found["day2"]
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month)
    clock = (int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
    return _seconds(int(year), number, int(day), *clock)


def read_stamp(text: str) -> int | None:
    """Return the moment of `YYYYMMDDHHMMSS` (RFC 3659, section 2.3), which is UTC."""
    found = _STAMP.fullmatch(text)
    if found is None:
        return None
    digits = found["digits"]
    rest = (int(digits[at : at + 2]) for at in range(4, 14, 2))
    return _seconds(int(digits[:4]), *rest)


def read_date(text: str) -> int | None:
    """Return the moment of a date of HTTP (RFC 9110, section 5.6.7) or ISO 8601."""
    try:
        if text[:1].isdigit():
            read = datetime.fromisoformat(text)
        else:
            read = parsedate_to_datetime(text)
        if read.tzinfo is None:
            read = read.replace(tzinfo=UTC)
        return int(read.timestamp())
    except (ValueError, OverflowError):
        return None


def read_date_of_list(text: str, now: datetime) -> int | None:
    """Return the moment that `ls` writes, which leaves out the year of recent ones.

    Args:
        text: `Mar  4  2025`, or `Nov 29 18:33` of a file of the last months.
        now: The time, by which the year is known.

    """
    found = _OF_LIST.fullmatch(text)
    if found is None:
        return None
    month = _MONTHS.index(found["month"].lower()) + 1
    day = int(found["day"])
    if found["year"]:
        return _seconds(int(found["year"]), month, day)
    clock = (int(found["hour"]), int(found["minute"]))
    # A day ahead is another time zone; more than that was last year.
    latest = (now + timedelta(days=1)).timestamp()
    for year in (now.year + 1, now.year, now.year - 1):
        moment = _seconds(year, month, day, *clock)
        if moment is not None and moment <= latest:
            return moment
    return None


def _seconds(*fields: int) -> int | None:
    """Return the moment of a year, month, day, and what is known of the clock."""
    year, month, day, hour, minute, second = (*fields, 0, 0, 0)[:6]
    try:
        read = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return int(read.timestamp())
