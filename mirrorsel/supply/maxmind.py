"""The databases of MaxMind, by the protocol of its program geoipupdate."""

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import BinaryIO
from urllib.parse import urlencode

import msgspec

from mirrorsel.answer import Answer
from mirrorsel.errors import SupplyError
from mirrorsel.supply.refusal import refusal
from mirrorsel.supply.transfer import Transfer, host_of
from mirrorsel.supply.vendor import Form, Package, Present

MAXMIND_URL = "https://updates.maxmind.com/"
_KNOWN = (
    "those to be had for nothing are GeoLite2-City, GeoLite2-Country and GeoLite2-ASN"
)
_MD5 = re.compile(r"[0-9a-f]{32}")
_DATE = re.compile(r"\d{4}-?\d{2}-?\d{2}")
_NONE = "0" * 32


class _Newest(msgspec.Struct):
    edition_id: str
    date: str
    md5: str


class _Metadata(msgspec.Struct):
    databases: list[_Newest]


@dataclass(frozen=True, slots=True)
class MaxMind:
    """MaxMind, or a server that speaks its protocol.

    Since version 7, geoipupdate asks for metadata first, and then for an archive.
    Before that it asked one question with the checksum of what it had. Servers that
    know only the older way, as mirrors of the protocol do, answer the first
    question with 404.
    """

    base: str
    """The URL of the server, with a slash at its end."""
    transfer: Transfer

    def get(
        self, edition: str, present: Present | None, into: BinaryIO
    ) -> Package | Present:
        """Get the newest database of an edition, packed."""
        newest = self._newest(edition)
        if newest is None:
            return self._update(edition, present, into)
        if present is not None and present.md5() == newest.md5:
            return present
        query = urlencode({"date": newest.date.replace("-", ""), "suffix": "tar.gz"})
        url = f"{self.base}geoip/databases/{edition}/download?{query}"
        answer = self.transfer.get(url, into)
        if answer.status != HTTPStatus.OK:
            raise self._refusal(answer, url, edition)
        return Package(form=Form.TAR, url=url, md5=newest.md5)

    def _newest(self, edition: str) -> _Newest | None:
        """Return what the newest database is; None of a server that does not tell."""
        query = urlencode({"edition_id": edition})
        url = f"{self.base}geoip/updates/metadata?{query}"
        answer = self.transfer.read(url)
        if answer.status == HTTPStatus.NOT_FOUND:
            return None
        if answer.status != HTTPStatus.OK:
            raise self._refusal(answer, url, edition)
        return _read(answer, edition)

    def _update(
        self, edition: str, present: Present | None, into: BinaryIO
    ) -> Package | Present:
        query = urlencode({"db_md5": present.md5() if present else _NONE})
        url = f"{self.base}geoip/databases/{edition}/update?{query}"
        answer = self.transfer.get(url, into)
        if answer.status == HTTPStatus.NOT_MODIFIED and present is not None:
            return present
        if answer.status != HTTPStatus.OK:
            raise self._refusal(answer, url, edition)
        md5 = answer.headers.get("x-database-md5", "").lower()
        if not _MD5.fullmatch(md5):
            raise SupplyError(f"{host_of(url)} gives no checksum of {edition}")
        return Package(form=Form.GZIP, url=url, md5=md5)

    def _refusal(self, answer: Answer, url: str, edition: str) -> SupplyError:
        error = refusal(answer, url, edition, _KNOWN)
        return SupplyError(self.transfer.hide(str(error)))


def _read(answer: Answer, edition: str) -> _Newest:
    """Return what metadata tell of an edition.

    Raises:
        SupplyError: they are none, or of others.

    """
    try:
        databases = msgspec.json.decode(answer.body, type=_Metadata).databases
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        message = f"{host_of(answer.url)} sends no metadata: {error}"
        raise SupplyError(message) from error
    for one in databases:
        good = _MD5.fullmatch(one.md5) and _DATE.fullmatch(one.date)
        if one.edition_id == edition and good:
            return one
    raise SupplyError(f"{host_of(answer.url)} has no edition {edition}; {_KNOWN}")
