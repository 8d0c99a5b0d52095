"""The databases of DB-IP that are to be had without an account."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import BinaryIO

from mirrorsel.supply.refusal import refusal
from mirrorsel.supply.transfer import Transfer
from mirrorsel.supply.vendor import Form, Package, Present

DBIP_URL = "https://download.db-ip.com/free/"
_KNOWN = "there are dbip-city-lite, dbip-country-lite and dbip-asn-lite"
# A file is built when its month begins, or a little before.
_EARLY = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class DbIp:
    """DB-IP: a file for each month, without a checksum but that of gzip."""

    base: str
    """The URL of the folder, with a slash at its end."""
    transfer: Transfer
    now: Callable[[], datetime]

    def get(
        self, edition: str, present: Present | None, into: BinaryIO
    ) -> Package | Present:
        """Get the file of this month, or of the last while there is none."""
        this = self.now().replace(day=1)
        months = (this, this - timedelta(days=1))
        for month in months:
            if present is not None and _holds(present, edition, month):
                return present
            url = f"{self.base}{edition}-{month:%Y-%m}.mmdb.gz"
            answer = self.transfer.get(url, into)
            if answer.status == HTTPStatus.OK:
                return Package(form=Form.GZIP, url=url, md5=None)
            if answer.status != HTTPStatus.NOT_FOUND:
                break
        raise refusal(answer, url, edition, f"{_KNOWN}, one for each month")


def _holds(present: Present, edition: str, month: datetime) -> bool:
    """Return whether a database is the edition of a month, or of a later one."""
    begin = datetime(month.year, month.month, 1, tzinfo=UTC) - _EARLY
    same = present.about.type.lower().startswith(edition.lower())
    return same and present.about.built >= begin.timestamp()
