"""The pages of a mirror's folders, by HTTP."""

import requests

from mirrorsel.errors import FetchError
from mirrorsel.listing import Entry, Page, PageReader
from mirrorsel.listing.page import is_bucket
from mirrorsel.model import Outcome
from mirrorsel.net.conversation import Conversation
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.folder_url import leads_to, url_of_folder
from mirrorsel.net.list_body import list_body
from mirrorsel.net.pace import Pace, StopError
from mirrorsel.net.plain import plain
from mirrorsel.net.redirect import follow, reach_end, redirected

_START = 65536
_FRAMING = ("Content-Length", "Transfer-Encoding")
# Caddy gives JSON, with exact sizes, to those who prefer it.
_ACCEPT = "application/json, text/html;q=0.9, */*;q=0.5"


class BucketMetError(StopError):
    """The server lists no folders, but the objects of a bucket."""


class FolderPages:
    """Gets the page of one folder after the other.

    Args:
        base: The mirror's URL, ending in a slash.
        conversation: How requests are sent.
        redirects: How many are followed for one page.
        pace: When they are sent.

    """

    hides = True
    """Servers leave names out that are there, though nobody sees them by default."""

    def __init__(
        self, base: str, conversation: Conversation, redirects: int, pace: Pace
    ) -> None:
        self._base = base
        self._conversation = conversation
        self._redirects = redirects
        self._pace = pace
        self._is_first = True

    def read(self, folder: str) -> tuple[Entry, ...]:
        """Return what lies in a folder.

        Raises:
            FetchError: its page cannot be had, or is no list of all that is there.

        """

        def lead(url: str, location: str) -> str:
            target = follow(url, location)
            if not leads_to(target, folder):
                detail = f"to another folder: {plain(location)}"
                raise FetchError(Outcome.REDIRECTED, detail)
            return target

        url = url_of_folder(self._base, folder)
        return reach_end(url, self._redirects, self._ask, lead).entries

    def _ask(self, url: str) -> Page | str:
        """Return a page, or where it redirects to."""

        def read(response: requests.Response, deadline: Deadline) -> Page | str:
            location = redirected(response)
            if location is None:
                return self._read(response, deadline)
            # Read a short body, so that the connection can be kept.
            _start_of(response)
            return location

        self._pace.turn()
        headers = {"Accept": _ACCEPT}
        return self._conversation.get(url, headers, self._pace.remaining, read)

    def _read(self, response: requests.Response, deadline: Deadline) -> Page:
        failed = response.status_code != requests.codes.ok
        if failed and self._is_first and is_bucket(_start_of(response)):
            raise BucketMetError(Outcome.STATUS, "a list of objects")
        reader = PageReader(response.url)
        for chunk in list_body(response, self._pace, deadline):
            reader.feed(chunk)
        page = reader.end()
        if page.bucket and self._is_first:
            raise BucketMetError(Outcome.PROTOCOL, "a list of objects")
        self._is_first = False
        if not page.whole:
            detail = "the page is no list of all files of the folder"
            raise FetchError(Outcome.PROTOCOL, detail)
        if not (page.ended or _is_framed(response)):
            raise FetchError(Outcome.PROTOCOL, "the page breaks off")
        return page


def _start_of(response: requests.Response) -> bytes:
    """Return the first bytes of a body, as they were sent, whatever its coding."""
    return next(iter(response.raw.stream(_START, decode_content=False)), b"")


def _is_framed(response: requests.Response) -> bool:
    """Return whether the end of the body is told, so that it cannot be cut unseen."""
    return any(one in response.headers for one in _FRAMING)
