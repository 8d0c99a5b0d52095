"""The pages of a mirror's folders, by HTTP."""

import requests

from mirrorsel.errors import FetchError
from mirrorsel.listing import Entry, Page, PageReader
from mirrorsel.listing.page import is_bucket
from mirrorsel.model import Outcome
from mirrorsel.net.coding import refuse_coding, start_of
from mirrorsel.net.conversation import Conversation
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.folder_url import leads_to, url_of_folder
from mirrorsel.net.memo import Memo, Remembered
from mirrorsel.net.pace import Pace, StopError
from mirrorsel.net.plain import plain
from mirrorsel.net.redirect import follow, redirected

_CHUNK = 65536
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
        memo: What is remembered of pages.

    """

    hides = True
    """Servers leave names out that are there, though nobody sees them by default."""

    def __init__(
        self,
        base: str,
        conversation: Conversation,
        redirects: int,
        pace: Pace,
        memo: Memo,
    ) -> None:
        self._base = base
        self._conversation = conversation
        self._redirects = redirects
        self._pace = pace
        self._memo = memo
        self._is_first = True

    def read(self, folder: str) -> tuple[Entry, ...]:
        """Return what lies in a folder.

        Raises:
            FetchError: its page cannot be had, or is no list of all that is there.

        """
        known = self._memo.recall(folder)
        answer = self._get(folder, known)
        if answer is None and known is not None:
            return known.entries
        if answer is None:
            raise FetchError(Outcome.PROTOCOL, "304 without being asked")
        if answer.etag or answer.modified:
            self._memo.keep(folder, answer)
        return answer.entries

    def _get(self, folder: str, known: Remembered | None) -> Remembered | None:
        """Return a page; None if it is as it was."""
        url = url_of_folder(self._base, folder)
        for _ in range(self._redirects + 1):
            self._pace.turn()
            found = self._ask(url, known)
            if not isinstance(found, str):
                return found
            url = follow(url, found)
            if not leads_to(url, folder):
                detail = f"to another folder: {plain(found)}"
                raise FetchError(Outcome.REDIRECTED, detail)
        detail = f"more than {self._redirects} redirects"
        raise FetchError(Outcome.REDIRECTED, detail)

    def _ask(self, url: str, known: Remembered | None) -> Remembered | str | None:
        headers = {"Accept": _ACCEPT}
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        if known is not None and known.modified:
            headers["If-Modified-Since"] = known.modified

        def read(
            response: requests.Response, deadline: Deadline
        ) -> Remembered | str | None:
            status, fields = response.status_code, response.headers
            location = redirected(status, fields.get("Location"))
            if location is not None or status == requests.codes.not_modified:
                # Read a short body, so that the connection can be kept.
                start_of(response)
                return location
            page = self._read(response, deadline)
            return Remembered(
                entries=page.entries,
                etag=fields.get("ETag", ""),
                modified=fields.get("Last-Modified", ""),
            )

        return self._conversation.get(url, headers, self._pace.remaining, read)

    def _read(self, response: requests.Response, deadline: Deadline) -> Page:
        self._check(response)
        reader = PageReader(response.url)
        left = self._pace.reach.page
        for chunk in response.iter_content(_CHUNK):
            left -= len(chunk)
            if left < 0:
                detail = f"a page of more than {self._pace.reach.page} bytes"
                raise FetchError(Outcome.TOO_LARGE, detail)
            self._pace.receive(len(chunk))
            reader.feed(chunk)
            # Reading takes time as well, of pages that are made for it.
            deadline.check()
        # A body without a length ends as well when the deadline cuts it.
        deadline.check()
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

    def _check(self, response: requests.Response) -> None:
        status = response.status_code
        if status != requests.codes.ok:
            if self._is_first and is_bucket(start_of(response)):
                raise BucketMetError(Outcome.STATUS, "a list of objects")
            detail = f"{status} {plain(response.reason or '')}".strip()
            raise FetchError(Outcome.STATUS, detail, status=status)
        refuse_coding(response)


def _is_framed(response: requests.Response) -> bool:
    """Return whether the end of the body is told, so that it cannot be cut unseen."""
    return any(one in response.headers for one in _FRAMING)
