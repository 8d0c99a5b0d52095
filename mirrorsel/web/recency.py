"""The wish for mirrors that were changed lately: the parameter ``update``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mirrorsel.model import Client, Health, How, Mirror
from mirrorsel.selection.absent import Absent
from mirrorsel.selection.index import Index
from mirrorsel.selection.listing import backups

_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)", re.ASCII)
_WITHIN = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recency:
    """Since when a mirror must have been changed."""

    since: datetime | None = None
    """None where nothing is asked for."""

    @classmethod
    def asked(cls, update: str | None, dated: datetime | None) -> "Recency":
        """Read ``YYYYMMDDhhmm`` in UTC; whatever is no such time is ignored.

        It is moved to three days before the list's date if it is earlier.
        """
        wished = _time(update or "")
        if wished is None or dated is None:
            return cls(since=wished)
        return cls(since=max(wished, dated - _WITHIN))

    def only(self, index: Index, mirrors: Iterable[Mirror]) -> tuple[Mirror, ...]:
        """Return those of some mirrors that are recent enough."""
        if self.since is None:
            return tuple(mirrors)
        health = {
            one.mirror.url: index.health[one.position]
            for one in index.geography.entries
        }
        return tuple(one for one in mirrors if self._meets(health[one.url]))

    def choose(
        self, index: Index, client: Client, path: str, absent: Absent
    ) -> tuple[How, Mirror]:
        """Return the first mirror that is recent enough, else the first Backup."""
        for how, one in index.order(client, path, absent):
            if how is not How.BACKUP and self._meets(index.health_of(one)):
                return how, one.mirror
        return How.BACKUP, backups(index)[0]

    def _meets(self, health: Health) -> bool:
        # What has no stamp counts as fresh.
        return self.since is None or health.stamp is None or health.stamp > self.since


def _time(text: str) -> datetime | None:
    match = _DIGITS.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute = (int(part) for part in match.groups())
    try:
        return datetime(year, month, day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None
