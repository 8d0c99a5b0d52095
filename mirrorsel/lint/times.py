"""Times in a list that are yet to come."""

from collections.abc import Iterator
from datetime import timedelta

from mirrorsel.errors import Problem
from mirrorsel.lint.code import Code
from mirrorsel.lint.subject import Subject
from mirrorsel.lists.times import header_date
from mirrorsel.words import counted

_SLACK = timedelta(days=1)
"""How far clocks and time zones may be apart."""

FUTURE = Code(
    name="future-time",
    what="An epoch, or the date of the list, lies in the future.",
    why="Until it is probed, the mirror counts as fresher than the origin; a list of"
    " the future makes all others stale.",
    mend="Write seconds since 1970 in UTC, 0 where the time is unknown.",
    needs="now",
)

CODES = (FUTURE,)


def times(subject: Subject) -> Iterator[Problem]:
    """Find the times that are more than a day ahead."""
    now = subject.facts.now
    if now is None:
        return
    for one in subject.mirrors:
        if one.stamp is not None and one.stamp - now > _SLACK:
            message = f"the epoch is {_ahead(one.stamp - now)} ahead of now"
            yield FUTURE.at(message, one.line, subject.fourth_column(one))
    dated, line = subject.loaded.list.dated, _header(subject)
    if line and dated is not None and dated - now > _SLACK:
        message = f"the date of the list is {_ahead(dated - now)} ahead of now"
        yield FUTURE.at(message, line, subject.lines[line - 1].index("#") + 1)


def _ahead(time: timedelta) -> str:
    return counted(time.days, "day")


def _header(subject: Subject) -> int:
    """Return the line that dates the list, 0 if none does."""
    for number, line in enumerate(subject.lines, start=1):
        if header_date(line.strip()) is not None:
            return number
    return 0
