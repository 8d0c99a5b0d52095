"""One published file that somebody wants to know more of."""

from dataclasses import dataclass
from functools import cached_property

from falcon import Request

from mirrorsel.model import Client, PublishedFile
from mirrorsel.version import own_version
from mirrorsel.web.home import home
from mirrorsel.web.realm import Realm
from mirrorsel.web.target import escaped


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

    def address(self, word: str) -> str:
        """Return the URL of a form of the file; empty if we do not know our name."""
        https = self.request.scheme == "https"
        base = home(self.request.env.get("HTTP_HOST", ""), https=https)
        return f"{base}{escaped(self.file.path)}.{word}" if "//" in base else ""


def generator() -> str:
    """Return what names this program in what it makes."""
    return f"mirrorsel/{own_version()}"
