"""One published file that somebody wants to know more of."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from falcon import Request

from mirrorsel.model import Client, PublishedFile
from mirrorsel.web.realm import Realm


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A file of the index, and who asks."""

    realm: Realm
    request: Request
    file: PublishedFile

    @cached_property
    def client(self) -> Client:
        """Who asks."""
        address = self.request.env.get("REMOTE_ADDR", "")
        return self.realm.client(address, https=self.request.scheme == "https")

    @property
    def modified(self) -> datetime | None:
        """When the file was last changed; None if that is unknown."""
        known = self.file.modified
        return datetime.fromtimestamp(known, UTC) if known else None
