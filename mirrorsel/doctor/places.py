"""Whether clients can be placed well."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from mirrorsel.doctor.finding import Finding, Group, Told
from mirrorsel.words import age

_told = Told(Group.PLACES)

OLD = timedelta(days=90)
"""The age, as in docs/alert-rules.yaml, from which a database has lost touch.

Makers bring out a new one each week or month.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A GeoIP database that the settings name."""

    setting: str
    """Which setting names it."""
    path: str
    built: datetime | None
    """None where it cannot be used."""
    broken: str = ""
    """Why it cannot."""


def judge_places(
    bases: tuple[Base, ...], now: datetime, settings: str
) -> Iterator[Finding]:
    """Yield how the databases are that the settings of a path name."""
    update = f"`mirrorsel geoip update --config {shlex.quote(settings)}`"
    if not any(one.setting == "database" for one in bases):
        words = "clients are placed by country, by the table that came with mirrorsel"
        yield _told.ok("database", words)
    for one in bases:
        yield _judge(one, now, update)


def _judge(one: Base, now: datetime, update: str) -> Finding:
    if one.built is None:
        words = f"the GeoIP database cannot be used: {one.broken}"
        return _told.fail(one.setting, words, f"get it anew: {update}")
    words = f"{one.path} was built {age(one.built, now)} ago"
    if now - one.built > OLD:
        remedy = f"get a newer one: {update}, best by its timer"
        return _told.warn(one.setting, words, remedy)
    return _told.ok(one.setting, words)
